import { Menu, TextInput } from '@mantine/core'
import { IconCheck, IconChevronDown, IconSearch, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { instanceStatuses } from '../api/api-types.ts'
import { useDefinitions, useVersions } from '../api/definitions.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import { statusLooks } from '../ui/status.ts'
import styles from './filter-bar.module.css'
import { type InstanceFilter, isEmptyFilter, readFilter, type Within, withins, withinWords } from './instance-filter.ts'

export interface FilterBarProps {
  readonly filter: InstanceFilter
  readonly onChange: (filter: InstanceFilter) => void
}

/** A typed prefix is asked for once the hand rests. */
const typingMs = 200

export function FilterBar({ filter, onChange }: FilterBarProps) {
  return (
    <search className={styles.bar} aria-label="Filter the instances">
      <IdSearch key={filter.idPrefix === '' ? 'empty' : 'typed'} filter={filter} onChange={onChange} />
      <fieldset className={styles.statuses} aria-label="Status">
        {instanceStatuses.map((status) => {
          const { icon: StatusIcon, word, tone } = statusLooks[status]
          const isOn = filter.statuses.includes(status)
          const statuses = isOn ? filter.statuses.filter((one) => one !== status) : [...filter.statuses, status]
          return (
            <button
              key={status}
              type="button"
              className={styles.chip}
              data-tone={tone}
              aria-pressed={isOn}
              onClick={() => onChange({ ...filter, statuses })}
            >
              <StatusIcon size={14} stroke={1.8} aria-hidden />
              {word}
            </button>
          )
        })}
      </fieldset>
      <DefinitionChip filter={filter} onChange={onChange} />
      {filter.definition !== null && <VersionChip definition={filter.definition} filter={filter} onChange={onChange} />}
      <Choice
        label="Created"
        value={filter.within === null ? null : withinWords[filter.within]}
        onClear={() => onChange({ ...filter, within: null })}
      >
        {(Object.keys(withins) as Within[]).map((within) => (
          <Item key={within} isOn={filter.within === within} onClick={() => onChange({ ...filter, within })}>
            In {withinWords[within]}
          </Item>
        ))}
      </Choice>
      {filter.parent !== null && (
        <Choice label="Children of" value={filter.parent} onClear={() => onChange({ ...filter, parent: null })} />
      )}
      {!isEmptyFilter(filter) && (
        <button type="button" className={styles.clear} onClick={() => onChange(readFilter(new URLSearchParams()))}>
          Clear
        </button>
      )}
    </search>
  )
}

function IdSearch({ filter, onChange }: FilterBarProps) {
  const [text, setText] = useState(filter.idPrefix)
  const input = useRef<HTMLInputElement>(null)
  const latest = useRef({ filter, onChange })
  useEffect(() => {
    latest.current = { filter, onChange }
  })
  useShortcut({ id: 'search', title: 'Search instances by id', keys: '/', run: () => input.current?.focus() })
  useEffect(() => {
    const timer = setTimeout(() => {
      const { filter: now, onChange: tell } = latest.current
      if (text.trim() !== now.idPrefix) tell({ ...now, idPrefix: text.trim() })
    }, typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <TextInput
      ref={input}
      className={styles.search ?? ''}
      placeholder="Id begins with"
      aria-label="Id begins with"
      leftSection={<IconSearch size={14} />}
      rightSection={<kbd>/</kbd>}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        setText('')
        event.currentTarget.blur()
      }}
    />
  )
}

function DefinitionChip({ filter, onChange }: FilterBarProps) {
  const definitions = useDefinitions()
  return (
    <Choice
      label="Definition"
      value={filter.definition}
      onClear={() => onChange({ ...filter, definition: null, version: null })}
    >
      {(definitions.data ?? []).map(({ name }) => (
        <Item
          key={name}
          isOn={filter.definition === name}
          onClick={() => onChange({ ...filter, definition: name, version: null })}
        >
          {name}
        </Item>
      ))}
    </Choice>
  )
}

function VersionChip({ definition, filter, onChange }: FilterBarProps & { readonly definition: string }) {
  const versions = useVersions(definition)
  return (
    <Choice
      label="Version"
      value={filter.version === null ? null : String(filter.version)}
      onClear={() => onChange({ ...filter, version: null })}
    >
      {(versions.data ?? []).map(({ version }) => (
        <Item key={version} isOn={filter.version === version} onClick={() => onChange({ ...filter, version })}>
          Version {version}
        </Item>
      ))}
    </Choice>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | null
  readonly onClear: () => void
  readonly children?: ReactNode
}

function Choice({ label, value, onClear, children }: ChoiceProps) {
  return (
    <span className={styles.choice} data-on={value !== null}>
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className={styles.open}>
            {label}
            {value === null ? <IconChevronDown size={13} aria-hidden /> : <b>{value}</b>}
          </button>
        </Menu.Target>
        {children !== undefined && <Menu.Dropdown className={styles.menu ?? ''}>{children}</Menu.Dropdown>}
      </Menu>
      {value !== null && (
        <button type="button" className={styles.remove} onClick={onClear} aria-label={`Any ${label.toLowerCase()}`}>
          <IconX size={13} aria-hidden />
        </button>
      )}
    </span>
  )
}

function Item({
  isOn,
  onClick,
  children,
}: {
  readonly isOn: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  return (
    <Menu.Item onClick={onClick} rightSection={isOn ? <IconCheck size={14} aria-label="chosen" /> : null}>
      {children}
    </Menu.Item>
  )
}
