// The tests that are saved with the drawing. The same file is a test on the command line.
import type { DefinitionTest, Expectation, TestResult } from '@durable-canvas/interpreter/core'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import {
  IconCheck,
  IconCircleDashed,
  IconEye,
  IconFileExport,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { testsOf } from '../drawing/mocks.ts'
import { removeTest, setExpectation } from '../drawing/operations/set-tests.ts'
import { exportDrawing } from '../panels/exports.ts'
import { counted } from '../steps/words.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { differenceWords } from './difference-words.ts'
import { EditExpectation } from './edit-expectation.tsx'
import styles from './try.module.css'
import { useTryActions } from './use-try-actions.ts'

interface Ran {
  readonly definition: object
  /** Of the drawing: what the test does not answer itself is answered by them. */
  readonly mocks: object | undefined
  readonly result: TestResult | { readonly fault: string }
}

/** By the test as the drawing holds it, so that a look at the timeline does not forget how it went. */
const runs = new WeakMap<object, Ran>()

export function TestsTab({ onWatch }: { readonly onWatch: () => void }) {
  const kept = useDrawing((state) => state.drawing.layout.tests)
  const definition = useDrawing((state) => state.drawing.definition)
  const tests = useMemo(() => testsOf({ ...(kept && { tests: kept }) }), [kept])
  const mocks = useDrawing((state) => state.drawing.layout.mocks)
  const [, setRuns] = useState(0)
  const { begin } = useTryActions()

  const run = async (indexes: readonly number[]) => {
    const { runDraftTest } = await import('./run-draft-test.ts')
    for (const index of indexes) {
      const one = tests[index]?.test
      const key = kept?.[index]
      if (key && one && !('fault' in one)) runs.set(key, { definition, mocks, result: runDraftTest(one) })
    }
    setRuns((count) => count + 1)
  }
  const watch = (test: DefinitionTest) => {
    begin(true, test)
    onWatch()
  }
  if (tests.length === 0) {
    return (
      <p className={styles.empty}>
        No tests yet. Try the draft to its end, then save the run as a test: the same input, answers and events have to
        lead to the same end from then on, here and on the command line.
      </p>
    )
  }
  const current = tests.map((_, index) => {
    const last = runs.get(kept?.[index] ?? {})
    return last?.definition === definition && last.mocks === mocks ? last.result : undefined
  })
  const done = current.filter((result) => result !== undefined)
  const failed = done.filter((result) => 'fault' in result || !result.passed).length
  return (
    <div className={styles.tests}>
      <div className={styles.row}>
        <Button
          size="compact-sm"
          leftSection={<IconPlayerPlay size={13} />}
          onClick={() => void run(tests.map((_, index) => index))}
        >
          Run {tests.length === 1 ? 'the test' : `all ${tests.length} tests`}
        </Button>
        <span role="status" className={styles.hint}>
          {done.length > 0 &&
            (failed > 0
              ? `${counted(failed, 'test')} of ${done.length} failed.`
              : `${counted(done.length, 'test')} passed.`)}
        </span>
        <Button size="compact-xs" variant="subtle" leftSection={<IconFileExport size={13} />} onClick={exportDrawing}>
          Export the file
        </Button>
        <span className={styles.hint}>
          for <code>durable-canvas test FILE</code>
        </span>
      </div>
      <ul className={styles.testList} aria-label="Tests">
        {tests.map(({ name, test }, index) => (
          <TestRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a test is its place in the list
            key={index}
            name={name}
            test={test}
            result={current[index]}
            onRun={() => void run([index])}
            onWatch={watch}
            onExpect={(expect) => perform((before) => setExpectation(before, index, expect))}
            onRemove={() => perform((before) => removeTest(before, index))}
          />
        ))}
      </ul>
    </div>
  )
}

interface TestRowProps {
  readonly name: string
  readonly test: DefinitionTest | { readonly fault: string }
  readonly result: Ran['result'] | undefined
  readonly onRun: () => void
  readonly onWatch: (test: DefinitionTest) => void
  readonly onExpect: (expect: Expectation) => void
  readonly onRemove: () => void
}

function TestRow({ name, test, result, onRun, onWatch, onExpect, onRemove }: TestRowProps) {
  const fault = 'fault' in test ? test.fault : result && 'fault' in result ? result.fault : undefined
  const outcome =
    fault !== undefined ? 'failed' : result && 'passed' in result ? (result.passed ? 'passed' : 'failed') : 'none'
  const Sign = { passed: IconCheck, failed: IconX, none: IconCircleDashed }[outcome]
  const isReadable = !('fault' in test)
  const [isEdited, setEdited] = useState(false)
  return (
    <li className={styles.test} data-outcome={outcome}>
      <div className={styles.testLine}>
        <Sign size={15} stroke={2} aria-label={outcome === 'none' ? 'not run yet' : outcome} />
        <strong>{name}</strong>
        <span className={styles.hint}>{isReadable && expectWords(test)}</span>
        <span className={styles.testActions}>
          <Tooltip label="Run this test">
            <ActionIcon size="sm" aria-label={`Run ${name}`} disabled={!isReadable} onClick={onRun}>
              <IconPlayerPlay size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Watch it on the canvas">
            <ActionIcon
              size="sm"
              aria-label={`Watch ${name} on the canvas`}
              disabled={!isReadable}
              onClick={() => isReadable && onWatch(test)}
            >
              <IconEye size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Edit what it expects">
            <ActionIcon
              size="sm"
              aria-label={`Edit what ${name} expects`}
              aria-expanded={isEdited}
              disabled={!isReadable}
              onClick={() => setEdited(!isEdited)}
            >
              <IconPencil size={14} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Delete">
            <ActionIcon size="sm" aria-label={`Delete ${name}`} onClick={onRemove}>
              <IconTrash size={14} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      {fault !== undefined && <p className={styles.testFault}>{fault}</p>}
      {result && 'differences' in result && result.differences.length > 0 && (
        <ul className={styles.differences}>
          {result.differences.map((difference) => (
            <li key={`${difference.what}${difference.path}`}>{differenceWords(difference)}</li>
          ))}
        </ul>
      )}
      {isEdited && isReadable && (
        <EditExpectation
          name={name}
          expect={test.expect}
          came={result && 'actual' in result ? result.actual : undefined}
          onSave={(expect) => {
            onExpect(expect)
            setEdited(false)
          }}
          onCancel={() => setEdited(false)}
        />
      )}
    </li>
  )
}

function expectWords({ expect, events }: DefinitionTest): string {
  const { status, output, failure } = expect
  const type = typeof failure === 'string' ? failure : failure?.type
  const end = status === undefined ? '' : status === 'Running' ? 'waits' : status.toLowerCase()
  const what = type ?? (output === undefined ? '' : JSON.stringify(output))
  const raised = events && events.length > 0 ? `, ${counted(events.length, 'event')}` : ''
  const short = what.length > 60 ? `${what.slice(0, 59)}…` : what
  return `expects: ${[end, short].filter(Boolean).join(' ')}${raised}`
}
