// The parts that the forms of most step types share.

import { getAt, isArray, type JsonObject } from '../../drawing/json.ts'
import { renameProblem, renameStep } from '../../drawing/operations/rename-step.ts'
import { idOf } from '../../drawing/static-path.ts'
import { perform, useDrawing } from '../../store/drawing-store.ts'
import { counted, joined, keysWords, retryWords, valueWords } from '../words.ts'
import { AssignmentsField } from './assignments-field.tsx'
import { CatchField } from './catch-field.tsx'
import { FieldFrame } from './field-frame.tsx'
import { useField, useFieldOwner, useOwnerValue } from './field-owner.tsx'
import { IdInput } from './id-input.tsx'
import { RetryField } from './retry-field.tsx'
import { Section } from './section.tsx'
import { TargetField } from './target-field.tsx'
import { LongTextField, TextField } from './text-field.tsx'
import { ValueField } from './value-field.tsx'

export function GeneralSection({ hasStatus = true }: { readonly hasStatus?: boolean }) {
  const { step = '' } = useFieldOwner()
  const isStatus = useOwnerValue((value) => value.type === 'setCustomStatus')
  return (
    <Section title="Step" summary={idOf(step)} isOpen>
      <TextField path={['title']} label="Title" placeholder={idOf(step)} />
      <FieldFrame label="Id" pointer="/@id" description="History and expressions speak of the step by it.">
        {(ids) => (
          <IdInput
            id={idOf(step)}
            labelledBy={ids.label}
            faultOf={(id) => renameProblem(useDrawing.getState().drawing.definition, step, id)}
            onRename={(id) => void perform((before) => renameStep(before, step, id))}
          />
        )}
      </FieldFrame>
      <LongTextField path={['note']} label="Note" placeholder="For those who read this later" />
      {hasStatus && !isStatus && (
        <ValueField
          path={['status']}
          label="Status"
          description="Custom status of the instance, set when the step starts."
        />
      )}
    </Section>
  )
}

export function ResultSection({ hasOutput = true }: { readonly hasOutput?: boolean }) {
  const words = useOwnerValue(resultWords)
  return (
    <Section title="Result" summary={words} isOpen={words !== ''}>
      {hasOutput && (
        <ValueField
          path={['output']}
          label="Output"
          description="What the step gives; without it, its result as it is."
        />
      )}
      <div>
        <div style={{ fontSize: 12, fontWeight: 500, marginBottom: 4 }}>Sets variables</div>
        <AssignmentsField path={['assign']} noun="variable" />
      </div>
    </Section>
  )
}

const resultWords = (value: JsonObject) =>
  joined(valueWords(value.output), keysWords(value.assign) && `sets ${keysWords(value.assign)}`)

export function FailureSection({ hasRetry = false }: { readonly hasRetry?: boolean }) {
  const words = useOwnerValue(failureWords)
  return (
    <Section title="If it fails" summary={words} isOpen={words !== ''}>
      {hasRetry && <RetryField />}
      <CatchField />
    </Section>
  )
}

function failureWords(value: JsonObject): string {
  const catches = isArray(value.catch) ? value.catch.length : 0
  return joined(retryWords(value.retry), catches > 0 ? counted(catches, 'catch', 'catches') : '')
}

export function NextSection() {
  const next = useOwnerValue((value) => getAt(value, ['next']))
  return (
    <Section title="Then" summary={typeof next === 'string' ? next : 'ends the scope'} isOpen={false}>
      <TargetField path={['next']} label="Next step" absent="None: ends the scope" />
    </Section>
  )
}

/** True while the field or anything in it is set: a section of seldom used fields opens then. */
export function useIsSet(...keys: readonly string[]): boolean {
  return useOwnerValue((value) => keys.some((key) => value[key] !== undefined))
}

export function useText(key: string): string {
  const { value } = useField([key])
  return typeof value === 'string' ? value : ''
}
