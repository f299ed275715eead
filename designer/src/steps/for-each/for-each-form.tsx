import { NumberInput, Select } from '@mantine/core'
import { getAt } from '../../drawing/json.ts'
import { FailureSection, GeneralSection, NextSection, ResultSection } from '../fields/common-sections.tsx'
import { CompletionField } from '../fields/completion-field.tsx'
import { FieldFrame } from '../fields/field-frame.tsx'
import { useField } from '../fields/field-owner.tsx'
import styles from '../fields/fields.module.css'
import { Section } from '../fields/section.tsx'
import { NumberField, TextField } from '../fields/text-field.tsx'
import { ValueField } from '../fields/value-field.tsx'

export function ForEachForm() {
  return (
    <>
      <GeneralSection />
      <Section title="For each">
        <ValueField
          path={['items']}
          label="Items"
          isRequired
          description="The collection. Its order is the order of the output."
        />
        <div className={styles.pair}>
          <TextField path={['item']} label="Item is called" placeholder="item" />
          <NumberField path={['maxConcurrency']} label="At a time" placeholder="all" min={1} />
        </div>
        <CompletionField noun="item" />
        <ToleranceField />
        <ValueField path={['input']} label="Input" description="What $ is inside of the body." />
      </Section>
      <ResultSection />
      <FailureSection />
      <NextSection />
    </>
  )
}

function ToleranceField() {
  const { value, set, pointer, error } = useField(['tolerate'])
  const kind =
    getAt(value, ['percent']) !== undefined ? 'percent' : getAt(value, ['count']) !== undefined ? 'count' : 'none'
  const figure = getAt(value, [kind])
  return (
    <FieldFrame label="Failures that are tolerated" pointer={pointer} error={error}>
      {(ids) => (
        <div className={styles.pair}>
          <Select
            aria-labelledby={ids.label}
            allowDeselect={false}
            data={[
              { value: 'none', label: 'none' },
              { value: 'count', label: 'so many items' },
              { value: 'percent', label: 'so many percent' },
            ]}
            value={kind}
            onChange={(next) => set(next === 'count' ? { count: 1 } : next === 'percent' ? { percent: 10 } : undefined)}
          />
          {kind !== 'none' && (
            <NumberInput
              aria-label={kind === 'percent' ? 'Percent' : 'Items'}
              min={0}
              hideControls
              value={typeof figure === 'number' ? figure : ''}
              onChange={(next) => set({ [kind]: typeof next === 'number' ? next : 0 })}
            />
          )}
        </div>
      )}
    </FieldFrame>
  )
}
