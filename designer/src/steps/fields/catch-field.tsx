import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { isArray } from '../../drawing/json.ts'
import { addRule, moveRule, removeRule } from '../../drawing/operations/choices.ts'
import { perform } from '../../store/drawing-store.ts'
import { AssignmentsField } from './assignments-field.tsx'
import { ErrorTypesField } from './error-types-field.tsx'
import { useField, useFieldOwner } from './field-owner.tsx'
import styles from './fields.module.css'
import { TargetField } from './target-field.tsx'
import { ConditionField } from './value-field.tsx'

/** What happens when the step fails: the first catch that matches wins. */
export function CatchField() {
  const { step = '' } = useFieldOwner()
  const { value, pointer } = useField(['catch'])
  const catchers = isArray(value) ? value : []
  return (
    <div className={styles.rows} data-field={pointer}>
      {catchers.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a catch is its place in the list
        <div className={styles.row} key={index}>
          <RuleHead title={`Catch ${index + 1}`} list="catch" index={index} count={catchers.length} step={step} />
          <ErrorTypesField path={['catch', index, 'errors']} label="Errors" isRequired />
          <TargetField path={['catch', index, 'next']} label="Goes to" absent="Nowhere yet" />
          <ConditionField path={['catch', index, 'when']} label="Only if" />
          <AssignmentsField path={['catch', index, 'assign']} noun="variable" />
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => perform((before) => addRule(before, step, 'catch', { errors: ['*'] }))}
      >
        Add a catch
      </Button>
    </div>
  )
}

export interface RuleHeadProps {
  readonly title: string
  readonly list: 'choices' | 'catch'
  readonly index: number
  readonly count: number
  readonly step: string
}

export function RuleHead({ title, list, index, count, step }: RuleHeadProps) {
  const move = (to: number) => perform((before) => moveRule(before, step, list, index, to))
  return (
    <div className={styles.rowHead}>
      <strong style={{ fontSize: 12 }}>{title}</strong>
      <ActionIcon size="sm" aria-label={`Move ${title} up`} disabled={index === 0} onClick={() => move(index - 1)}>
        <IconArrowUp size={14} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`Move ${title} down`}
        disabled={index === count - 1}
        onClick={() => move(index + 1)}
      >
        <IconArrowDown size={14} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`Remove ${title}`}
        onClick={() => perform((before) => removeRule(before, step, list, index))}
      >
        <IconTrash size={14} stroke={1.6} />
      </ActionIcon>
    </div>
  )
}
