import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { fromEntries, isObject, type JsonPath, renameKey } from '../../drawing/json.ts'
import { freeId } from '../../drawing/tree.ts'
import { useField } from './field-owner.tsx'
import styles from './fields.module.css'
import { ValueField } from './value-field.tsx'

export interface AssignmentsFieldProps {
  readonly path: JsonPath
  /** "variable" */
  readonly noun: string
  readonly isRequired?: boolean
  readonly placeholder?: string
}

/** Names with values: variables and what they are set to. */
export function AssignmentsField({ path, noun, isRequired = false, placeholder }: AssignmentsFieldProps) {
  const { value, set, pointer } = useField(path)
  const entries = isObject(value) ? value : {}
  const names = Object.keys(entries)
  const put = (next: typeof entries) => set(Object.keys(next).length === 0 && !isRequired ? undefined : next)
  return (
    <div className={styles.rows} data-field={pointer}>
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name that is being typed must not lose the focus
        <div className={styles.row} key={index}>
          <div className={styles.rowHead}>
            <NameInput
              name={name}
              label={`Name of the ${noun}`}
              isTaken={(other) => other !== name && names.includes(other)}
              onRename={(next) => put(renameKey(entries, name, next))}
            />
            <ActionIcon
              aria-label={`Remove the ${noun} ${name}`}
              onClick={() => put(fromEntries(Object.entries(entries).filter(([other]) => other !== name)))}
            >
              <IconTrash size={15} stroke={1.6} />
            </ActionIcon>
          </div>
          <ValueField path={[...path, name]} label="Value" isRequired {...(placeholder && { placeholder })} />
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          put(fromEntries([...Object.entries(entries), [freeId(new Set(names), noun).replaceAll('-', '_'), '']]))
        }
      >
        Add a {noun}
      </Button>
    </div>
  )
}

interface NameInputProps {
  readonly name: string
  readonly label: string
  readonly isTaken: (name: string) => boolean
  readonly onRename: (name: string) => void
}

/** A name changes when it is left, so that half of one never stands in the document. */
export function NameInput({ name, label, isTaken, onRename }: NameInputProps) {
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? name
  const fault =
    typed === undefined || typed === name
      ? undefined
      : isTaken(typed)
        ? 'There is one of that name already.'
        : /^[A-Za-z_][A-Za-z0-9_-]{0,62}$/.test(typed)
          ? undefined
          : 'Letters, digits and _, beginning with a letter.'
  const finish = () => {
    if (typed !== undefined && typed !== name && fault === undefined) onRename(typed)
    setTyped(undefined)
  }
  return (
    <TextInput
      aria-label={label}
      value={shown}
      error={fault}
      classNames={{ input: 'dc-mono' }}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key === 'Escape') setTyped(undefined)
      }}
    />
  )
}
