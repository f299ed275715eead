import type { Definition, Json } from '@durable-canvas/schema'
import { Button, Popover, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { messageOf } from '../api/api-problem.ts'
import type { DefinitionSummary, DefinitionVersion } from '../api/api-types.ts'
import { saveDraft } from '../api/drafts.ts'
import { keys } from '../api/query-client.ts'
import { apiPath, request } from '../api/request.ts'
import { addresses } from '../app/addresses.ts'
import { isName, nameFrom } from './definition-rows.ts'

export interface NewDefinitionProps {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly templates: readonly DefinitionSummary[]
}

const empty = ''

/** A new draft, empty or after the pattern of something deployed. */
export function NewDefinition({ isOpen, onOpen, templates }: NewDefinitionProps) {
  return (
    <Popover opened={isOpen} onChange={onOpen} width={360} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button leftSection={<IconPlus size={14} />} onClick={() => onOpen(!isOpen)}>
          New definition
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{isOpen && <Form templates={templates} />}</Popover.Dropdown>
    </Popover>
  )
}

function Form({ templates }: Pick<NewDefinitionProps, 'templates'>) {
  const [title, setTitle] = useState('')
  const [typedName, setTypedName] = useState<string | null>(null)
  const [template, setTemplate] = useState(empty)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const navigate = useNavigate()
  const client = useQueryClient()
  const name = typedName ?? nameFrom(title)
  const isTaken = templates.some((one) => one.name === name)
  const create = async () => {
    setBusy(true)
    setError(null)
    try {
      const outcome = await saveDraft(name, await drawingFrom(template, name, title.trim()), null)
      if (!outcome.saved) return setError(`There is a draft of ${name} already.`)
      await client.invalidateQueries({ queryKey: keys.drafts })
      await navigate(addresses.draft(name))
    } catch (thrown) {
      setError(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isName(name) && !isTaken) void create()
      }}
    >
      <TextInput
        label="Title"
        placeholder="Order fulfilment"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        mt="sm"
        label="Name"
        description="What programs call it; it stays."
        placeholder="order-fulfilment"
        value={name}
        onChange={(event) => setTypedName(event.currentTarget.value)}
        error={
          isTaken
            ? 'A definition of that name is deployed already.'
            : name !== '' && !isName(name)
              ? 'Small letters, digits and hyphens, a letter first.'
              : error
        }
      />
      <Select
        mt="sm"
        label="Begin with"
        searchable
        allowDeselect={false}
        value={template}
        onChange={(value) => setTemplate(value ?? empty)}
        data={[
          { value: empty, label: 'An empty canvas' },
          { group: 'A copy of', items: templates.map((one) => ({ value: one.name, label: one.title ?? one.name })) },
        ]}
        comboboxProps={{ withinPortal: false }}
        maxDropdownHeight={260}
      />
      <Button type="submit" fullWidth mt="md" loading={isBusy} disabled={!isName(name) || isTaken}>
        Draw {name || 'it'}
      </Button>
    </form>
  )
}

async function drawingFrom(
  template: string,
  name: string,
  title: string,
): Promise<{ definition: Definition; layout: Json }> {
  const titled = title === '' ? {} : { title }
  if (template === empty)
    return {
      definition: { dsl: '1', name, ...titled, start: 'done', steps: { done: { type: 'end', title: 'Done' } } },
      layout: null,
    }
  const { definition, layout } = await request<DefinitionVersion>(
    apiPath(`/definitions/${encodeURIComponent(template)}`),
  )
  return { definition: { ...definition, name, ...titled }, layout }
}
