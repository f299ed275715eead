import { ActionIcon, Button, Menu, Popover, Textarea, TextInput } from '@mantine/core'
import {
  IconBan,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackPrev,
  IconRefresh,
  IconSend,
  IconTrash,
} from '@tabler/icons-react'
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
import { RaiseEventForm } from './raise-event-form.tsx'
import { useOperation } from './use-operation.ts'

/** What the status allows; the one that is wanted most stands last. */
export function InstanceActions({ instance }: { readonly instance: Instance }) {
  const { instanceId, status } = instance
  const operation = useOperation(instanceId)
  const finished = isFinished(status)
  return (
    <>
      {!finished && <TerminateButton instanceId={instanceId} />}
      {(status === 'Running' || status === 'Pending') && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={14} />}
          loading={operation.isPending}
          onClick={() => operation.run('suspend')}
        >
          Suspend
        </Button>
      )}
      {finished && <RestartButton instance={instance} />}
      {finished && <MoreMenu instance={instance} />}
      {!finished && <RaiseEventButton instance={instance} />}
      {status === 'Suspended' && (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          loading={operation.isPending}
          onClick={() => operation.run('resume')}
        >
          Resume
        </Button>
      )}
      {status === 'Failed' && (
        <Button
          variant={instance.failure ? 'default' : 'filled'}
          leftSection={<IconPlayerTrackPrev size={14} />}
          loading={operation.isPending}
          onClick={() => operation.run('rewind')}
        >
          Rewind
        </Button>
      )}
    </>
  )
}

function TerminateButton({ instanceId }: { readonly instanceId: string }) {
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const operation = useOperation(instanceId)
  useShortcut({ id: 'terminate', title: 'Terminate this instance', run: () => setOpen(true) })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    operation.run('terminate', reason.trim() ? { reason: reason.trim() } : {}, () => setOpen(false))
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconBan size={14} />} onClick={() => setOpen(!isOpen)}>
          Terminate…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Textarea
            label="Why"
            description="Stands in the history. Terminating cannot be undone: what is open is given up."
            placeholder="Wrong order"
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" color="red.8" fullWidth mt="md" loading={operation.isPending}>
            Terminate {instanceId}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

function RaiseEventButton({ instance }: { readonly instance: Instance }) {
  const [isOpen, setOpen] = useState(false)
  useShortcut({ id: 'raise', title: 'Raise an event', keys: 'e', run: () => setOpen(true) })
  const isAwaited = instance.waitingFor.some((task) => task.kind === 'event')
  return (
    <Popover opened={isOpen} onChange={setOpen} width={380} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={isAwaited && instance.status !== 'Suspended' ? 'filled' : 'default'}
          leftSection={<IconSend size={14} />}
          onClick={() => setOpen(!isOpen)}
        >
          Raise event…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {isOpen && <RaiseEventForm instance={instance} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function RestartButton({ instance }: { readonly instance: Instance }) {
  const [isOpen, setOpen] = useState(false)
  const [newId, setNewId] = useState('')
  const operation = useOperation(instance.instanceId)
  const navigate = useNavigate()
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const newInstanceId = newId.trim()
    operation.run('restart', newInstanceId ? { newInstanceId } : {}, () => {
      setOpen(false)
      if (newInstanceId) void navigate(addresses.instance(newInstanceId))
    })
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => setOpen(!isOpen)}>
          Restart…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <TextInput
            label="Id of the new instance"
            description="Runs with the same input from the beginning. Without an id it begins again under its own, with an empty history."
            placeholder={instance.instanceId}
            value={newId}
            onChange={(event) => setNewId(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" fullWidth mt="md" loading={operation.isPending}>
            {newId.trim() ? `Start ${newId.trim()}` : `Restart ${instance.instanceId}`}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

function MoreMenu({ instance: { instanceId } }: { readonly instance: Instance }) {
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
            client.removeQueries({ queryKey: keys.instance(instanceId) })
            void client.invalidateQueries({ queryKey: keys.instances })
            void navigate(addresses.instances())
          },
          (error: unknown) => notifyFailed(`${instanceId} was not purged`, error),
        ),
    })
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
