// What keeps the draft from running, and what went wrong in a run, in words and with what helps.
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import banner from '../monitor/failure-banner.module.css'
import { staticPathOf } from '../monitor/paths.ts'
import type { Visit } from '../monitor/visit.ts'
import { goToProblem } from '../panels/problems-panel.tsx'
import { counted } from '../steps/words.ts'
import { select } from '../store/drawing-store.ts'
import { useTry } from '../store/try-run.ts'
import { durationText } from '../ui/duration-text.ts'
import { JsonView } from '../ui/json-view.tsx'
import { useTried } from './use-tried.ts'
import { useTryActions } from './use-try-actions.ts'

export interface TryFaultProps {
  readonly onInput: () => void
  readonly onMock: () => void
}

export function TryFault({ onInput, onMock }: TryFaultProps) {
  const fault = useTry((state) => state.fault)
  switch (fault?.kind) {
    case undefined:
      return <RunFailure onMock={onMock} />
    case 'problems': {
      const [first] = fault.problems
      const count = counted(fault.problems.length, 'error')
      return (
        <Banner title={`The draft cannot run: it has ${count}`} text={first?.message ?? ''}>
          {first && (
            <Button variant="default" onClick={() => goToProblem(first)}>
              Show the first
            </Button>
          )}
        </Banner>
      )
    }
    case 'input':
      return (
        <Banner title="The input does not fit its schema" text={fault.message}>
          <Button variant="default" onClick={onInput}>
            Change the input
          </Button>
        </Banner>
      )
    case 'stopped':
      return <Banner title="The run was stopped" text={fault.message} />
  }
}

function Banner({
  title,
  text,
  tried,
  children,
}: {
  readonly title: React.ReactNode
  readonly text: string
  readonly tried?: string
  readonly children?: React.ReactNode
}) {
  return (
    <section className={banner.banner} role="alert" aria-label="Failure">
      <IconAlertTriangle size={18} stroke={1.6} className={banner.icon} aria-hidden />
      <div className={banner.words}>
        <strong>{title}</strong>
        <p className={banner.message}>{text}</p>
        {tried && <p className={banner.tried}>{tried}</p>}
      </div>
      <div className={banner.buttons}>{children}</div>
    </section>
  )
}

function RunFailure({ onMock }: Pick<TryFaultProps, 'onMock'>) {
  const tried = useTried()
  const { begin } = useTryActions()
  const [showsDetails, setShowsDetails] = useState(false)
  const failure = tried?.unfolding.failure
  if (tried === undefined || failure == null) return null
  const { step, attempt, details } = failure
  const path = step === undefined ? undefined : staticPathOf(step)
  const title = path === undefined ? 'The run' : (tried.steps.get(path)?.title ?? path)
  const isMocked = path !== undefined && ['activity', 'subOrchestration'].includes(tried.steps.get(path)?.type ?? '')
  return (
    <>
      <Banner
        title={
          <>
            {title} failed{attempt !== undefined && attempt > 1 && ` at attempt ${attempt}`}:{' '}
            <code>{failure.type}</code>
          </>
        }
        text={failure.message}
        tried={attemptWords(step === undefined ? undefined : tried.unfolding.visits.get(step))}
      >
        {details !== undefined && (
          <Button
            variant="subtle"
            color="gray"
            aria-expanded={showsDetails}
            onClick={() => setShowsDetails(!showsDetails)}
          >
            {showsDetails ? 'Hide details' : 'Details'}
          </Button>
        )}
        {path !== undefined && (
          <Button variant="default" onClick={() => select([path])}>
            Show the step
          </Button>
        )}
        {isMocked && (
          <Button
            variant="default"
            onClick={() => {
              select([path])
              onMock()
            }}
          >
            Change its answer
          </Button>
        )}
        <Button variant="default" onClick={() => begin(true)}>
          Try again
        </Button>
      </Banner>
      {showsDetails && details !== undefined && <JsonView value={details} label="failure details" />}
    </>
  )
}

function attemptWords(visit: Visit | undefined): string {
  const count = visit?.attempts.length ?? 0
  if (visit === undefined || count === 0) return 'Nothing caught it.'
  const took = visit.to === null ? '' : ` in ${durationText(visit.to - visit.from)} of virtual time`
  const times = count === 1 ? 'once' : `${count} times`
  return `It was tried ${times}${took}, and nothing caught it.`
}
