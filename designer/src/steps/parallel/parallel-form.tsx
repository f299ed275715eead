import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { isObject } from '../../drawing/json.ts'
import { addBranch, removeBranch, renameBranch } from '../../drawing/operations/branches.ts'
import { perform } from '../../store/drawing-store.ts'
import { NameInput } from '../fields/assignments-field.tsx'
import { FailureSection, GeneralSection, NextSection, ResultSection } from '../fields/common-sections.tsx'
import { CompletionField } from '../fields/completion-field.tsx'
import { useFieldOwner, useOwnerValue } from '../fields/field-owner.tsx'
import styles from '../fields/fields.module.css'
import { Section } from '../fields/section.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function ParallelForm() {
  const { step = '' } = useFieldOwner()
  const named = useOwnerValue((value) => (isObject(value.branches) ? Object.keys(value.branches).join('\n') : ''))
  const names = named === '' ? [] : named.split('\n')
  return (
    <>
      <GeneralSection />
      <Section title="Branches">
        <div className={styles.rows} data-field="/branches">
          {names.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name that is being typed must not lose the focus
            <div className={styles.rowHead} key={index}>
              <NameInput
                name={name}
                label={`Name of branch ${index + 1}`}
                isTaken={(other) => names.includes(other)}
                onRename={(next) => void perform((before) => renameBranch(before, step, name, next))}
              />
              <ActionIcon
                aria-label={`Remove branch ${name}`}
                disabled={names.length < 2}
                onClick={() => perform((before) => removeBranch(before, step, name))}
              >
                <IconTrash size={15} stroke={1.6} />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => perform((before) => addBranch(before, step))}
          >
            Add a branch
          </Button>
        </div>
        <CompletionField noun="branch" />
        <ValueField path={['input']} label="Input" description="What $ is inside of the branches." />
      </Section>
      <ResultSection />
      <FailureSection />
      <NextSection />
    </>
  )
}
