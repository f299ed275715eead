// What becomes of an answer: the step's output and variables, or who catches its failure.
import type { Json } from '@durable-canvas/schema'
import type { JsonObject } from '../../drawing/json.ts'
import type { Sample } from '../../drawing/names-in-reach.ts'
import { JsonView } from '../../ui/json-view.tsx'
import { caughtBy, type Evaluated, outcomeOf, type StepFailure } from './evaluate-step.ts'
import styles from './try-step.module.css'

export function Shown({ what, label }: { readonly what: Exclude<Evaluated, undefined>; readonly label: string }) {
  return 'fault' in what ? <p className={styles.fault}>{what.fault}</p> : <JsonView value={what.value} label={label} />
}

export function Outcome({
  step,
  sample,
  result,
}: {
  readonly step: JsonObject
  readonly sample: Pick<Sample, 'input' | 'bindings'>
  readonly result: Json
}) {
  const { output, assigned } = outcomeOf(step, sample, result)
  return (
    <>
      <div className={styles.part}>
        <div className={styles.head}>Output of the step</div>
        <Shown what={output} label="output" />
      </div>
      {assigned && (
        <div className={styles.part}>
          <div className={styles.head}>Sets variables</div>
          <Shown what={assigned} label="variables" />
        </div>
      )}
    </>
  )
}

interface CaughtProps {
  readonly step: JsonObject
  readonly sample: Pick<Sample, 'input' | 'bindings'>
  readonly failure: StepFailure
}

export function Caught({ step, sample, failure }: CaughtProps) {
  const caught = caughtBy(step, sample, failure)
  return (
    <>
      <p className={styles.note} role="status">
        {caught === undefined
          ? 'No catch of the step takes it: its scope would fail.'
          : 'fault' in caught
            ? `The condition of a catch fails: ${caught.fault}`
            : `A catch takes it, on to ${caught.next}.`}
      </p>
      {caught && 'next' in caught && caught.assigned && <Shown what={caught.assigned} label="variables" />}
    </>
  )
}
