import type { Failure } from '@durable-canvas/schema'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Instance } from '../api/api-types.ts'
import { durationText } from '../ui/duration-text.ts'
import { JsonView } from '../ui/json-view.tsx'
import { maxAttemptsOf, type StepIndex } from './definition-steps.ts'
import styles from './failure-banner.module.css'
import { OperationButton } from './operation-button.tsx'
import { staticPathOf } from './paths.ts'
import type { Unfolding, Visit } from './visit.ts'

export interface FailureBannerProps {
  readonly instance: Instance
  readonly failure: Failure
  readonly unfolding: Unfolding
  readonly steps: StepIndex
  readonly onShow: (step: string) => void
}

/** What went wrong, in words, with the buttons that can help. */
export function FailureBanner({ instance, failure, unfolding, steps, onShow }: FailureBannerProps) {
  const [showsDetails, setShowsDetails] = useState(false)
  const { step } = failure
  const visit = step === undefined ? undefined : unfolding.visits.get(step)
  const title = step === undefined ? undefined : steps.get(staticPathOf(step))?.title
  return (
    <section className={styles.banner} aria-label="Failure">
      <IconAlertTriangle size={20} stroke={1.6} className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <strong>
          {step === undefined ? 'The instance failed' : `${title ?? step} failed`}
          {failure.attempt !== undefined && failure.attempt > 1 && ` at attempt ${failure.attempt}`}
          {': '}
          <code>{failure.type}</code>
        </strong>
        <p className={styles.message}>{failure.message}</p>
        <p className={styles.tried}>
          {triedText(visit, failure, step === undefined ? undefined : maxAttemptsOf(steps.get(staticPathOf(step))))}
        </p>
        {showsDetails && failure.details !== undefined && <JsonView value={failure.details} label="failure details" />}
      </div>
      <div className={styles.buttons}>
        {failure.details !== undefined && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setShowsDetails(!showsDetails)}
            aria-expanded={showsDetails}
          >
            {showsDetails ? 'Hide details' : 'Details'}
          </Button>
        )}
        {step !== undefined && (
          <Button variant="default" onClick={() => onShow(step)}>
            Show the step
          </Button>
        )}
        <OperationButton instanceId={instance.instanceId} operation="rewind" label="Rewind and try again…" isPrimary />
      </div>
    </section>
  )
}

/** What the engine has tried before it gave up, and why it did not try more. */
export function triedText(visit: Visit | undefined, failure: Partial<Failure>, allowed?: number): string {
  const again = 'A rewind runs it again and keeps the rest.'
  if (!visit || visit.attempts.length === 0) return again
  const count = visit.attempts.length
  const took = visit.to === null ? '' : ` in ${durationText(visit.to - visit.from)}`
  const pauses = visit.pauses
    .filter((pause) => pause.kind === 'backoff')
    .map((pause) => durationText((pause.to ?? pause.from) - pause.from))
  const between =
    pauses.length === 0 ? '' : `, with ${pauses.length > 3 ? `${pauses.length} pauses` : pauses.join(' and ')} between`
  const isShort = allowed !== undefined && count < allowed
  const times = isShort ? `${count} of ${allowed} times` : count === 1 ? 'once' : `${count} times`
  const why = isShort && failure.nonRetryable ? ': the error is marked as not worth retrying' : ''
  return `It was tried ${times}${took}${between}${why}. ${again}`
}
