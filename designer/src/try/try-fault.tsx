// What keeps the draft from running, and what went wrong in a run: one line with what helps. The whole story of a failure
// stands under Output.
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { goToProblem } from '../panels/problems-panel.tsx'
import { counted } from '../steps/words.ts'
import { select, useDrawing } from '../store/drawing-store.ts'
import { useTry } from '../store/try-run.ts'
import { failureWords } from './failure-words.ts'
import { titlesOf } from './rest-words.ts'
import styles from './try.module.css'
import { useTried } from './use-tried.ts'

export interface TryFaultProps {
  readonly onInput: () => void
  readonly onMock: () => void
  readonly onOutput: () => void
}

export function TryFault({ onInput, ...run }: TryFaultProps) {
  const fault = useTry((state) => state.fault)
  const definition = useDrawing((state) => state.drawing.definition)
  switch (fault?.kind) {
    case undefined:
      return <RunFailure {...run} />
    case 'problems': {
      // Said of another draft than this one has become.
      if (fault.source !== definition) return null
      const [first] = fault.problems
      const count = counted(fault.problems.length, 'error')
      return (
        <Banner title={`The draft cannot run: it has ${count}.`} text={first?.message ?? ''}>
          {first && (
            <Button size="compact-xs" variant="default" onClick={() => goToProblem(first)}>
              Show the first
            </Button>
          )}
        </Banner>
      )
    }
    case 'input':
      return (
        <Banner title="The input does not fit its schema." text={fault.message}>
          <Button size="compact-xs" variant="default" onClick={onInput}>
            Change the input
          </Button>
        </Banner>
      )
    case 'stopped':
      return <Banner title="The run was stopped." text={fault.message} />
  }
}

interface BannerProps {
  readonly title: ReactNode
  readonly text: string
  readonly children?: ReactNode
}

function Banner({ title, text, children }: BannerProps) {
  return (
    <section className={styles.fault} role="alert" aria-label="Failure">
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
      <span className={styles.faultWords} title={text}>
        <strong>{title}</strong> {text}
      </span>
      {children}
    </section>
  )
}

function RunFailure({ onMock, onOutput }: Omit<TryFaultProps, 'onInput'>) {
  const tried = useTried()
  const failure = tried?.unfolding.failure
  if (tried === undefined || failure == null) return null
  const { path, title } = failureWords(failure, tried.unfolding, titlesOf(tried.run.definition))
  const type = path === undefined ? undefined : tried.steps.get(path)?.type
  return (
    <Banner
      title={
        <>
          {path === undefined ? (
            title
          ) : (
            <button type="button" className={styles.link} onClick={() => select([path])}>
              {title}
            </button>
          )}
          : <code>{failure.type}</code>
        </>
      }
      text={failure.message}
    >
      <Button size="compact-xs" variant="default" onClick={onOutput}>
        Details
      </Button>
      {path !== undefined && (type === 'activity' || type === 'subOrchestration') && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            select([path])
            onMock()
          }}
        >
          Change its answer
        </Button>
      )}
    </Banner>
  )
}
