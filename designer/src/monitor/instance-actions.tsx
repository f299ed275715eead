import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconDots, IconRefresh, IconSend, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type Instance, isFinished } from '../api/api-types.ts'
import { purgeInstance } from '../api/instances.ts'
import { keys } from '../api/query-client.ts'
import { addresses } from '../app/addresses.ts'
import { confirmAction } from '../ui/confirm-action.tsx'
import { notifyDone, notifyFailed } from '../ui/notify.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import { FormButton } from './form-button.tsx'
import { MigrateButton } from './migrate-button.tsx'
import { OperationButton } from './operation-button.tsx'
import { OperationForm } from './operation-form.tsx'
import { RaiseEventForm } from './raise-event-form.tsx'
import { useOperation } from './use-operation.ts'

/** What the status allows; the one that is wanted most stands last. A failed one is rewound from the banner that says why. */
export function InstanceActions({ instance }: { readonly instance: Instance }) {
  const { instanceId, status } = instance
  if (isFinished(status))
    return (
      <>
        <MoreMenu instanceId={instanceId} />
        {status === 'Failed' && <MigrateButton instance={instance} />}
        <RestartButton instance={instance} />
      </>
    )
  const isSuspended = status === 'Suspended'
  return (
    <>
      <MigrateButton instance={instance} />
      <OperationButton instanceId={instanceId} operation="terminate" />
      {!isSuspended && <OperationButton instanceId={instanceId} operation="suspend" />}
      <FormButton
        label="Raise event…"
        icon={IconSend}
        isPrimary={!isSuspended && instance.waitingFor.some((task) => task.kind === 'event')}
        width={380}
        shortcut={{ id: 'raise', title: 'Raise an event', keys: 'e' }}
      >
        {(close) => <RaiseEventForm instance={instance} onDone={close} />}
      </FormButton>
      {isSuspended && <OperationButton instanceId={instanceId} operation="resume" isPrimary />}
    </>
  )
}

function RestartButton({ instance: { instanceId } }: { readonly instance: Instance }) {
  return (
    <FormButton label="Restart…" icon={IconRefresh} shortcut={{ id: 'restart', title: 'Restart this instance' }}>
      {(close) => <RestartForm instanceId={instanceId} onDone={close} />}
    </FormButton>
  )
}

function RestartForm({ instanceId, onDone }: { readonly instanceId: string; readonly onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const operation = useOperation(instanceId)
  const navigate = useNavigate()
  const newInstanceId = typed.trim()
  return (
    <OperationForm
      action={newInstanceId ? `Start ${newInstanceId}` : `Restart ${instanceId}`}
      note="Runs with the same input from the beginning."
      example="The prices were wrong"
      isBusy={operation.isPending}
      onSubmit={(because) =>
        operation.run('restart', { ...because, ...(newInstanceId && { newInstanceId }) }, () => {
          onDone()
          if (newInstanceId) void navigate(addresses.instance(newInstanceId))
        })
      }
    >
      <TextInput
        mb="sm"
        label="Id of the new instance"
        description="Without one it begins again under its own, with an empty history."
        placeholder={instanceId}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
    </OperationForm>
  )
}

function MoreMenu({ instanceId }: { readonly instanceId: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const purge = () =>
    confirmAction({
      title: `Purge ${instanceId}?`,
      text: 'The instance and its whole history are removed. This cannot be undone.',
      action: 'Purge it',
      onConfirm: () =>
        void purgeInstance(instanceId).then(
          () => {
            notifyDone(`${instanceId} is purged`)
            void client.invalidateQueries({ queryKey: keys.instances })
            void navigate(addresses.instances())
          },
          (error: unknown) => notifyFailed(`${instanceId} was not purged`, error),
        ),
    })
  useShortcut({ id: 'purge', title: 'Purge this instance', run: purge })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="More actions">
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={purge}>
          Purge with its history…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
