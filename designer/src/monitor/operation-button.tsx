import type { Icon } from '@tabler/icons-react'
import { IconBan, IconPlayerPause, IconPlayerPlay, IconPlayerTrackPrev } from '@tabler/icons-react'
import { FormButton } from './form-button.tsx'
import { OperationForm } from './operation-form.tsx'
import { useOperation } from './use-operation.ts'

export type PlainOperation = 'suspend' | 'resume' | 'terminate' | 'rewind'

export interface OperationWords {
  readonly icon: Icon
  readonly verb: string
  readonly done: string
  readonly note: string
  readonly example: string
  readonly isGrave: boolean
}

/** What the operations are called, of one instance and of many. */
export const operationWords: Readonly<Record<PlainOperation, OperationWords>> = {
  suspend: {
    icon: IconPlayerPause,
    verb: 'Suspend',
    done: 'suspended',
    note: 'Nothing new begins until it is resumed; what arrives is kept.',
    example: 'The warehouse is closed',
    isGrave: false,
  },
  resume: {
    icon: IconPlayerPlay,
    verb: 'Resume',
    done: 'resumed',
    note: 'It goes on where it was, with what has arrived meanwhile.',
    example: 'The warehouse is open again',
    isGrave: false,
  },
  terminate: {
    icon: IconBan,
    verb: 'Terminate',
    done: 'terminated',
    note: 'What is open is given up. This cannot be undone.',
    example: 'Wrong order',
    isGrave: true,
  },
  rewind: {
    icon: IconPlayerTrackPrev,
    verb: 'Rewind',
    done: 'rewound',
    note: 'Runs the failed steps again and keeps what was done before.',
    example: 'The bank answers again',
    isGrave: false,
  },
}

export interface OperationButtonProps {
  readonly instanceId: string
  readonly operation: PlainOperation
  readonly label?: string
  readonly isPrimary?: boolean
}

/** Suspends, resumes, terminates or rewinds one instance, after asking who and why. */
export function OperationButton({ instanceId, operation, label, isPrimary = false }: OperationButtonProps) {
  const { icon, verb, note, example, isGrave } = operationWords[operation]
  const { isPending, run } = useOperation(instanceId)
  return (
    <FormButton
      label={label ?? `${verb}…`}
      icon={icon}
      isPrimary={isPrimary}
      shortcut={{ id: operation, title: `${verb} this instance` }}
    >
      {(close) => (
        <OperationForm
          action={`${verb} ${instanceId}`}
          note={note}
          example={example}
          isGrave={isGrave}
          isBusy={isPending}
          onSubmit={(because) => run(operation, because, close)}
        />
      )}
    </FormButton>
  )
}
