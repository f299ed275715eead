import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import {
  IconDots,
  IconListDetails,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconSearch,
  IconSitemap,
  IconTrash,
  IconVersions,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useDefinitions } from '../api/definitions.ts'
import { deleteDraft, useDrafts } from '../api/drafts.ts'
import { keys } from '../api/query-client.ts'
import { addresses } from '../app/addresses.ts'
import { confirmAction } from '../ui/confirm-action.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { notifyDone, notifyFailed } from '../ui/notify.ts'
import { PageBar } from '../ui/page-bar.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { RelativeTime } from '../ui/time.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { type DefinitionRow, definitionRows } from './definition-rows.ts'
import styles from './definitions-page.module.css'
import { NewDefinition } from './new-definition.tsx'
import { RunDrawer } from './run-drawer.tsx'
import { StatusCounts } from './status-counts.tsx'
import { useLiveCounts } from './use-live-counts.ts'

export function DefinitionsPage() {
  const definitions = useDefinitions()
  const drafts = useDrafts()
  useLiveCounts()
  const [words, setWords] = useState('')
  const [running, setRunning] = useState<string | null>(null)
  const [isNewOpen, setNewOpen] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const rows = useMemo(
    () => definitionRows(definitions.data ?? [], drafts.data ?? [], words),
    [definitions.data, drafts.data, words],
  )
  useShortcut({ id: 'search', title: 'Search definitions', keys: '/', run: () => search.current?.focus() })
  useShortcut({ id: 'new', title: 'New definition', keys: 'n', run: () => setNewOpen(true) })
  const hasNone = definitions.data?.length === 0 && (drafts.data ?? []).length === 0

  return (
    <>
      <PageBar
        crumbs={[{ label: 'Definitions' }]}
        actions={<NewDefinition isOpen={isNewOpen} onOpen={setNewOpen} templates={definitions.data ?? []} />}
      />
      <ConnectionNotice />
      <div className={styles.tools}>
        <TextInput
          ref={search}
          className={styles.search ?? ''}
          placeholder="Search by title or name"
          aria-label="Search definitions"
          leftSection={<IconSearch size={14} />}
          rightSection={<kbd>/</kbd>}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setWords('')
            event.currentTarget.blur()
          }}
        />
        {definitions.data && (
          <span className="dc-muted">{rows.length === 1 ? '1 definition' : `${rows.length} definitions`}</span>
        )}
      </div>
      <div className={styles.list}>
        {definitions.isPending ? (
          <RowsSkeleton rows={10} height={48} />
        ) : definitions.error && !definitions.data ? (
          <ErrorState
            title="The definitions could not be loaded"
            error={definitions.error}
            onRetry={() => void definitions.refetch()}
          />
        ) : hasNone ? (
          <EmptyState
            icon={IconSitemap}
            title="Nothing is drawn yet"
            action={
              <Button leftSection={<IconPlus size={14} />} onClick={() => setNewOpen(true)}>
                Draw the first definition
              </Button>
            }
          >
            A definition is a workflow: steps, what they call, what follows. Draw one here, deploy it, and run it as
            often as you like; every run is kept as an instance.
          </EmptyState>
        ) : rows.length === 0 ? (
          <EmptyState
            icon={IconSearch}
            title="No definition fits"
            action={
              <Button variant="default" onClick={() => setWords('')}>
                Show all
              </Button>
            }
          />
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Definition</th>
                <th>Version</th>
                <th>Deployed</th>
                <th>Instances</th>
                <th>
                  <span className="dc-visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.name} row={row} onRun={() => setRunning(row.name)} />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <RunDrawer name={running} onClose={() => setRunning(null)} />
    </>
  )
}

function Row({ row, onRun }: { readonly row: DefinitionRow; readonly onRun: () => void }) {
  const { name, title, deployed, draft } = row
  return (
    <tr>
      <td className={styles.name}>
        <Link to={deployed ? addresses.definition(name) : addresses.draft(name)} title={title ?? name}>
          {title ?? name}
        </Link>
        {title !== null && <span className={styles.id}>{name}</span>}
      </td>
      <td>
        {deployed && (
          <span
            className={styles.version}
            title={deployed.versions === 1 ? 'One version' : `${deployed.versions} versions`}
          >
            v{deployed.version}
          </span>
        )}
        {draft && <span className={styles.draft}>{deployed ? 'draft' : 'draft, not deployed'}</span>}
      </td>
      <td className="dc-muted">
        {deployed ? (
          <RelativeTime at={deployed.deployedAt} />
        ) : draft?.updatedAt ? (
          <>
            saved <RelativeTime at={draft.updatedAt} />
          </>
        ) : (
          '–'
        )}
      </td>
      <td>
        {deployed ? (
          <StatusCounts counts={deployed.instances} definition={name} />
        ) : (
          <span className="dc-muted">–</span>
        )}
      </td>
      <td>
        <div className={styles.actions}>
          <Button
            component={Link}
            to={addresses.draft(name)}
            variant="subtle"
            color="gray"
            leftSection={<IconPencil size={14} />}
          >
            {draft ? 'Open draft' : 'Edit'}
          </Button>
          {deployed && (
            <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={onRun}>
              Run
            </Button>
          )}
          <RowMenu row={row} />
        </div>
      </td>
    </tr>
  )
}

function RowMenu({ row: { name, deployed, draft } }: { readonly row: DefinitionRow }) {
  const client = useQueryClient()
  const discard = () =>
    confirmAction({
      title: `Discard the draft of ${name}?`,
      text: deployed
        ? 'What is deployed stays as it is. The draft is gone for good.'
        : 'It was never deployed: it is gone for good.',
      action: 'Discard the draft',
      onConfirm: () =>
        void deleteDraft(name).then(
          () => {
            notifyDone(`The draft of ${name} is discarded`)
            void client.invalidateQueries({ queryKey: keys.drafts })
          },
          (error: unknown) => notifyFailed('The draft was not discarded', error),
        ),
    })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More for ${name}`}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {deployed && (
          <>
            <Menu.Item component={Link} to={addresses.definition(name)} leftSection={<IconVersions size={14} />}>
              Versions
            </Menu.Item>
            <Menu.Item
              component={Link}
              to={addresses.instances({ definition: name })}
              leftSection={<IconListDetails size={14} />}
            >
              Instances
            </Menu.Item>
          </>
        )}
        {draft && (
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={discard}>
            Discard the draft…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
