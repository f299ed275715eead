import type { ReactNode } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import styles from './split.module.css'

export interface SplitProps {
  /** Sizes are remembered under this name. */
  readonly id: string
  readonly direction: 'horizontal' | 'vertical'
  readonly first: ReactNode
  readonly second: ReactNode
  /** Percent. */
  readonly firstSize?: number
  readonly label: string
}

/** Two panels with a border that can be dragged, or moved by arrows when it has the focus. */
export function Split({ id, direction, first, second, firstSize = 50, label }: SplitProps) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id: `durable-canvas.${id}`, storage: localStorage })
  return (
    <Group
      orientation={direction}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
      className={styles.group ?? ''}
    >
      <Panel id="first" defaultSize={`${firstSize}%`} minSize="15%" className={styles.panel ?? ''}>
        {first}
      </Panel>
      <Separator className={styles.separator ?? ''} data-direction={direction} aria-label={label} />
      <Panel id="second" minSize="15%" className={styles.panel ?? ''}>
        {second}
      </Panel>
    </Group>
  )
}
