import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { JsonPath } from '../../drawing/json.ts'
import { sealTyping } from '../../store/drawing-store.ts'
import { FieldFrame } from './field-frame.tsx'
import { useField } from './field-owner.tsx'

interface Common {
  readonly path: JsonPath
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  readonly isRequired?: boolean
}

export function TextField({ path, label, description, placeholder, isRequired = false }: Common) {
  const { value, set, pointer, error } = useField(path)
  return (
    <FieldFrame label={label} pointer={pointer} description={description} error={error} isRequired={isRequired}>
      {(ids) => (
        <TextInput
          aria-labelledby={ids.label}
          aria-describedby={ids.error}
          error={error !== undefined}
          placeholder={placeholder}
          value={typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)}
          onBlur={sealTyping}
          onChange={({ currentTarget }) =>
            set(currentTarget.value === '' && !isRequired ? undefined : currentTarget.value)
          }
        />
      )}
    </FieldFrame>
  )
}

export function LongTextField({ path, label, description, placeholder }: Common) {
  const { value, set, pointer, error } = useField(path)
  return (
    <FieldFrame label={label} pointer={pointer} description={description} error={error}>
      {(ids) => (
        <Textarea
          aria-labelledby={ids.label}
          aria-describedby={ids.error}
          error={error !== undefined}
          placeholder={placeholder}
          autosize
          minRows={1}
          maxRows={8}
          value={typeof value === 'string' ? value : ''}
          onBlur={sealTyping}
          onChange={({ currentTarget }) => set(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
      )}
    </FieldFrame>
  )
}

export interface NumberFieldProps extends Common {
  readonly min?: number
  readonly max?: number
  readonly isWhole?: boolean
}

export function NumberField({
  path,
  label,
  description,
  placeholder,
  isRequired,
  min,
  max,
  isWhole = true,
}: NumberFieldProps) {
  const { value, set, pointer, error } = useField(path)
  return (
    <FieldFrame
      label={label}
      pointer={pointer}
      description={description}
      error={error}
      {...(isRequired && { isRequired })}
    >
      {(ids) => (
        <NumberInput
          aria-labelledby={ids.label}
          aria-describedby={ids.error}
          error={error !== undefined}
          placeholder={placeholder}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={!isWhole}
          {...(min !== undefined && { min })}
          {...(max !== undefined && { max })}
          clampBehavior="none"
          hideControls
          onBlur={sealTyping}
          onChange={(next) => set(typeof next === 'number' ? next : undefined)}
        />
      )}
    </FieldFrame>
  )
}

export interface ChoiceFieldProps extends Common {
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** Shown for a field that is absent; choosing it takes the field away. */
  readonly absent?: string
}

/** Else the options of every closed list stand in the page, and are drawn again with each letter: a list of steps is long. */
const closedIsEmpty = { keepMounted: false }

const absentValue = '\u0000'

export function ChoiceField({ path, label, description, placeholder, isRequired, options, absent }: ChoiceFieldProps) {
  const { value, set, pointer, error } = useField(path)
  const current = typeof value === 'string' ? value : undefined
  const known = options.some((option) => option.value === current)
  const data = [
    ...(absent === undefined ? [] : [{ value: absentValue, label: absent }]),
    ...options,
    ...(current === undefined || known ? [] : [{ value: current, label: `${current} (unknown)` }]),
  ]
  return (
    <FieldFrame
      label={label}
      pointer={pointer}
      description={description}
      error={error}
      {...(isRequired && { isRequired })}
    >
      {(ids) => (
        <Select
          aria-labelledby={ids.label}
          aria-describedby={ids.error}
          error={error !== undefined}
          placeholder={placeholder}
          data={data}
          searchable={data.length > 8}
          limit={100}
          nothingFoundMessage="Nothing by that name"
          allowDeselect={false}
          comboboxProps={closedIsEmpty}
          value={current ?? (absent === undefined ? null : absentValue)}
          onChange={(next) => set(next === null || next === absentValue ? undefined : next)}
        />
      )}
    </FieldFrame>
  )
}
