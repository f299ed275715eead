import { NumberInput, Select } from '@mantine/core'
import { getAt } from '../../drawing/json.ts'
import { FieldFrame } from './field-frame.tsx'
import { useField } from './field-owner.tsx'

export interface CompletionFieldProps {
  /** "branch" */
  readonly noun: string
}

/** When the whole is done: all, the first, or so many. */
export function CompletionField({ noun }: CompletionFieldProps) {
  const { value, set, pointer, error } = useField(['completion'])
  const least = getAt(value, ['atLeast'])
  const kind = least !== undefined ? 'atLeast' : value === 'any' ? 'any' : 'all'
  return (
    <FieldFrame label="Done when" pointer={pointer} error={error}>
      {(ids) => (
        <>
          <Select
            aria-labelledby={ids.label}
            allowDeselect={false}
            data={[
              { value: 'all', label: `every ${noun} is done` },
              { value: 'any', label: 'the first is done (a race)' },
              { value: 'atLeast', label: 'so many are done' },
            ]}
            value={kind}
            onChange={(next) => set(next === 'any' ? 'any' : next === 'atLeast' ? { atLeast: 1 } : undefined)}
          />
          {kind === 'atLeast' && (
            <NumberInput
              aria-label="How many"
              min={1}
              allowDecimal={false}
              hideControls
              value={typeof least === 'number' ? least : ''}
              onChange={(next) => set({ atLeast: typeof next === 'number' ? next : 1 })}
            />
          )}
        </>
      )}
    </FieldFrame>
  )
}
