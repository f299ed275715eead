import type { Mock, MockAnswer } from '@durable-canvas/interpreter/core'
import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { mocksOf } from '../drawing/mocks.ts'
import { setMock } from '../drawing/operations/set-mock.ts'
import { counted } from '../steps/words.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { useTry } from '../store/try-run.ts'
import { AnswerFields } from './answer-fields.tsx'
import type { MockStep } from './mock-steps.ts'
import styles from './try.module.css'

/** What one step answers: the same every time, or one after the other; and what its undoing answers. */
export function MockEditor({ step }: { readonly step: MockStep }) {
  const { path, undoneBy } = step
  const mock = useDrawing((state) => mocksOf(state.drawing.layout)[path])
  const calls = useTry((state) => state.run?.answered.get(path)?.length ?? 0)
  useTry((state) => state.revision)
  const [isUndo, setUndo] = useState(false)
  const [chosen, setChosen] = useState(0)
  const own: Mock = (isUndo ? mock?.compensate : mock) ?? {}
  const answers: readonly MockAnswer[] = own.sequence && own.sequence.length > 0 ? own.sequence : [withoutMore(own)]
  const at = Math.min(chosen, answers.length - 1)

  const save = (next: readonly MockAnswer[], key?: string) => {
    const [first = {}] = next
    const made: Mock = next.length > 1 ? { sequence: next } : first
    const { compensate, ...rest } = mock ?? {}
    const whole: Mock = isUndo
      ? { ...rest, ...(isEmpty(made) ? {} : { compensate: made }) }
      : { ...made, ...(compensate && { compensate }) }
    perform((before) => setMock(before, path, isEmpty(whole) ? undefined : whole), key && `mock:${path}:${key}`)
  }
  return (
    <>
      <header className={styles.mockHead}>
        <strong>{step.title}</strong>
        <code>{isUndo ? undoneBy : step.name}</code>
        {calls > 0 && <span className={styles.hint}>{counted(calls, 'call')} in this run</span>}
      </header>
      {undoneBy !== undefined && (
        <SegmentedControl
          size="xs"
          aria-label="Whose answer"
          value={isUndo ? 'undo' : 'step'}
          data={[
            { value: 'step', label: 'The step' },
            { value: 'undo', label: 'Undoing it' },
          ]}
          onChange={(next) => {
            setUndo(next === 'undo')
            setChosen(0)
          }}
        />
      )}
      {answers.length > 1 && (
        <div className={styles.row}>
          <SegmentedControl
            size="xs"
            aria-label="Which call"
            value={String(at)}
            data={answers.map((_, index) => ({ value: String(index), label: callWords(index, answers.length) }))}
            onChange={(next) => setChosen(Number(next))}
          />
          <ActionIcon
            size="sm"
            aria-label={`Remove the answer to the ${callWords(at, answers.length)}`}
            onClick={() => save(answers.filter((_, index) => index !== at))}
          >
            <IconTrash size={14} stroke={1.6} />
          </ActionIcon>
        </div>
      )}
      <AnswerFields
        key={`${isUndo} ${at} ${answers.length}`}
        answer={answers[at] ?? {}}
        call={{ kind: isUndo ? 'activity' : step.kind, name: isUndo ? (undoneBy ?? '') : step.name }}
        onChange={(next, key) =>
          save(
            answers.map((old, index) => (index === at ? next : old)),
            key,
          )
        }
      />
      <div className={styles.row}>
        <Tooltip label="For a retry, a loop or a list of items">
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} />}
            onClick={() => {
              save([...answers, {}])
              setChosen(answers.length)
            }}
          >
            Another answer to the next call
          </Button>
        </Tooltip>
        {(isUndo ? mock?.compensate : mock) !== undefined && (
          <Button variant="subtle" size="compact-xs" onClick={() => save([{}])}>
            Back to what its schema says
          </Button>
        )}
      </div>
    </>
  )
}

function withoutMore(mock: Mock): MockAnswer {
  const { sequence: _more, compensate: _undo, ...answer } = mock
  return answer
}

const isEmpty = (mock: Mock) => Object.keys(mock).length === 0

/** "1st call", "2nd call", "3rd and later". */
function callWords(index: number, count: number): string {
  const number = `${index + 1}${['st', 'nd', 'rd'][index] ?? 'th'}`
  return index === count - 1 ? `${number} and later` : `${number} call`
}
