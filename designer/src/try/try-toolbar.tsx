import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconPlayerStopFilled,
  IconRotateClockwise,
} from '@tabler/icons-react'
import { type Speed, setSpeed, useTry } from '../store/try-run.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import styles from './try.module.css'
import { useTried } from './use-tried.ts'
import { loadPlayer, useTryActions } from './use-try-actions.ts'
import { VirtualClock } from './virtual-clock.tsx'

const speeds: readonly { readonly value: string; readonly label: string; readonly speed: Speed }[] = [
  { value: 'instant', label: 'Instant', speed: 'instant' },
  { value: '100', label: '×100', speed: 100 },
  { value: '10', label: '×10', speed: 10 },
  { value: '1', label: '×1', speed: 1 },
]

export function TryToolbar({ onBegin }: { readonly onBegin: () => void }) {
  const phase = useTry((state) => state.phase)
  const speed = useTry((state) => state.speed)
  const { begin, play, step } = useTryActions()
  const tried = useTried()
  const isOpen = phase === 'playing' || phase === 'resting'
  const run = (act: () => void) => () => {
    if (!isOpen) onBegin()
    act()
  }
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Simulated run">
      <Tooltip label={phase === 'playing' ? 'Pause ( F9 )' : 'Goes on to the end, a breakpoint or a wait ( F9 )'}>
        <Button
          size="compact-sm"
          leftSection={phase === 'playing' ? <IconPlayerPauseFilled size={13} /> : <IconPlayerPlayFilled size={13} />}
          onClick={run(play)}
        >
          {phase === 'playing'
            ? 'Pause'
            : phase === 'resting'
              ? 'Continue'
              : phase === 'ended'
                ? 'Try again'
                : 'Try it'}
        </Button>
      </Tooltip>
      <Tooltip label="Lets the next thing happen ( F10 )">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerSkipForwardFilled size={13} />}
          disabled={phase === 'ended'}
          onClick={run(step)}
        >
          Step
        </Button>
      </Tooltip>
      <Tooltip label="Start anew ( Shift F9 )">
        <ActionIcon aria-label="Start anew" disabled={phase === 'none'} onClick={() => begin(false)}>
          <IconRotateClockwise size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Take the run off the canvas">
        <ActionIcon
          aria-label="Take the run off the canvas"
          disabled={phase === 'none'}
          onClick={() => void loadPlayer().then(({ endTry }) => endTry())}
        >
          <IconPlayerStopFilled size={15} />
        </ActionIcon>
      </Tooltip>
      <SegmentedControl
        size="xs"
        aria-label="Speed of the virtual clock"
        value={String(speed)}
        data={speeds.map(({ value, label }) => ({ value, label }))}
        onChange={(value) => setSpeed(speeds.find((one) => one.value === value)?.speed ?? 'instant')}
      />
      <div className={styles.state}>
        {tried && (
          <>
            <StatusBadge status={tried.unfolding.status} />
            <VirtualClock tried={tried} />
          </>
        )}
      </div>
    </div>
  )
}
