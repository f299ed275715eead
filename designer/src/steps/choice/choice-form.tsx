import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { isArray } from '../../drawing/json.ts'
import { addRule } from '../../drawing/operations/choices.ts'
import { perform } from '../../store/drawing-store.ts'
import { RuleHead } from '../fields/catch-field.tsx'
import { FailureSection, GeneralSection } from '../fields/common-sections.tsx'
import { useFieldOwner, useOwnerValue } from '../fields/field-owner.tsx'
import styles from '../fields/fields.module.css'
import { Section } from '../fields/section.tsx'
import { TargetField } from '../fields/target-field.tsx'
import { TextField } from '../fields/text-field.tsx'
import { ConditionField } from '../fields/value-field.tsx'

export function ChoiceForm() {
  const { step = '' } = useFieldOwner()
  const count = useOwnerValue((value) => (isArray(value.choices) ? value.choices.length : 0))
  const choices = Array.from({ length: count })
  return (
    <>
      <GeneralSection />
      <Section title="Choices">
        <div className={styles.hint}>The first condition that is true decides where it goes.</div>
        <div className={styles.rows} data-field="/choices">
          {choices.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place in the list
            <div className={styles.row} key={index}>
              <RuleHead title={`Choice ${index + 1}`} list="choices" index={index} count={choices.length} step={step} />
              <ConditionField path={['choices', index, 'when']} label="If" />
              <TargetField path={['choices', index, 'next']} label="Goes to" absent="Nowhere yet" />
              <TextField path={['choices', index, 'title']} label="Title on the edge" placeholder="the condition" />
            </div>
          ))}
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => perform((before) => addRule(before, step, 'choices', { when: '{%  %}' }))}
          >
            Add a choice
          </Button>
        </div>
        <TargetField path={['otherwise']} label="Otherwise" absent="Fails with NoChoiceMatched" />
      </Section>
      <FailureSection />
    </>
  )
}
