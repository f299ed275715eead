import { TagsInput } from '@mantine/core'
import { isArray, type JsonPath } from '../../drawing/json.ts'
import { FieldFrame } from './field-frame.tsx'
import { useField } from './field-owner.tsx'

export const builtInErrors = [
  '*',
  'Timeout',
  'HeartbeatTimeout',
  'ActivityNotFound',
  'NoChoiceMatched',
  'InvalidInput',
  'InvalidOutput',
  'ExpressionError',
  'SubOrchestrationFailed',
  'Cancelled',
  'LimitExceeded',
]

export interface ErrorTypesFieldProps {
  readonly path: JsonPath
  readonly label: string
  readonly description?: string
  readonly isRequired?: boolean
}

export function ErrorTypesField({ path, label, description, isRequired = false }: ErrorTypesFieldProps) {
  const { value, set, pointer, error } = useField(path)
  const types = isArray(value) ? value.filter((type): type is string => typeof type === 'string') : []
  return (
    <FieldFrame label={label} pointer={pointer} description={description} error={error} isRequired={isRequired}>
      {(ids) => (
        <TagsInput
          aria-labelledby={ids.label}
          aria-describedby={ids.error}
          error={error !== undefined}
          placeholder={types.length === 0 ? 'Timeout, or * for every error' : ''}
          data={builtInErrors}
          value={types}
          onChange={(next) => set(next.length === 0 && !isRequired ? undefined : next)}
        />
      )}
    </FieldFrame>
  )
}
