import { ActionIcon, Button, Slider, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconHistory, IconPlayerTrackNext } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { isFinished } from '../api/api-types.ts'
import { clockText, durationText } from '../ui/duration-text.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import { describeEvent } from './describe-event.ts'
import styles from './time-travel.module.css'
import type { LiveHistory } from './use-history.ts'

export interface TimeTravelProps {
  readonly history: LiveHistory
  readonly at: number | null
  readonly onGoTo: (seq: number | null) => void
}

/** The slider over all events: graph, timeline and data as of the one that it stands on. */
export function TimeTravel({ history, at, onGoTo }: TimeTravelProps) {
  const last = history.events.length
  const seq = at === null ? last : Math.min(at, last)
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged ?? seq
  const event = history.events[shown - 1]
  const start = Date.parse(history.events[0]?.at ?? '')
  const isOver = isFinished(history.unfolding.status)
  const step = (by: number) => {
    const next = Math.max(1, Math.min(last, seq + by))
    onGoTo(next === last && at === null ? null : next)
  }
  useShortcut({ id: 'travel:back', title: 'One event back', keys: ',', group: 'Time travel', run: () => step(-1) })
  useShortcut({ id: 'travel:forth', title: 'One event forth', keys: '.', group: 'Time travel', run: () => step(1) })
  useShortcut({ id: 'travel:live', title: 'Back to live', keys: 'l', group: 'Time travel', run: () => onGoTo(null) })

  // While dragging the moment follows the hand, but the address is not written for every event on the way.
  useEffect(() => {
    if (dragged === null) return undefined
    const timer = setTimeout(() => onGoTo(dragged), 40)
    return () => clearTimeout(timer)
  }, [dragged, onGoTo])

  return (
    <section className={styles.travel} data-past={at !== null} aria-label="Time travel">
      <Tooltip label="One event back ( , )">
        <ActionIcon size="sm" onClick={() => step(-1)} disabled={seq <= 1} aria-label="One event back">
          <IconChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Slider
        className={styles.slider ?? ''}
        size="xs"
        min={1}
        max={Math.max(2, last)}
        disabled={last < 2}
        value={shown || 1}
        label={null}
        thumbLabel="Event"
        thumbSize={14}
        color={at === null ? 'gray' : 'accent'}
        onChange={setDragged}
        onChangeEnd={(value) => {
          setDragged(null)
          onGoTo(value === last ? null : value)
        }}
      />
      <Tooltip label="One event forth ( . )">
        <ActionIcon size="sm" onClick={() => step(1)} disabled={seq >= last} aria-label="One event forth">
          <IconChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
      <span className={styles.words}>
        {event ? (
          <>
            <IconHistory size={14} stroke={1.6} aria-hidden />
            <span className="dc-number">
              #{shown} of {last}
            </span>
            <span className={styles.time} title={event.at}>
              {clockText(Date.parse(event.at), Date.now())} (+{durationText(Date.parse(event.at) - start)})
            </span>
            <span className="dc-clip" title={describeEvent(event)}>
              {'step' in event && event.step ? <b>{event.step} </b> : null}
              {describeEvent(event)}
            </span>
          </>
        ) : (
          'No event yet'
        )}
      </span>
      {at !== null ? (
        <Button size="compact-xs" rightSection={<IconPlayerTrackNext size={12} />} onClick={() => onGoTo(null)}>
          Back to {isOver ? 'the end' : 'live'}
        </Button>
      ) : (
        !isOver && <span className={styles.live}>Live</span>
      )}
    </section>
  )
}
