import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowRight,
  IconArrowsMaximize,
  IconBoxMultiple,
  IconLayoutGrid,
  IconMinus,
  IconNote,
  IconPlus,
  IconTargetArrow,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { isMarkPath } from '../drawing/marks.ts'
import { turn } from '../drawing/operations/tidy.ts'
import { addNoteHere, groupSelection, tidySelected, useFrameDrawing } from '../store/drawing-marks.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import styles from './designer.module.css'

/** What stands in the corner of the canvas: the view, and which panels are shown. */
export function CanvasTools({ left, right }: { readonly left: ReactNode; readonly right: ReactNode }) {
  const direction = useDrawing((state) => state.drawing.layout.direction ?? 'TB')
  const hasSelection = useDrawing(({ selection }) => selection.some((path) => !isMarkPath(path)))
  const isBlock = useDrawing(({ selection }) => selection.filter((path) => !isMarkPath(path)).length > 1)
  const other = direction === 'TB' ? 'LR' : 'TB'
  const tool = (label: string, icon: ReactNode, run: () => void) => (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={run}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={styles.tools} role="toolbar" aria-label="Canvas">
      {left}
      <span className={styles.divider} />
      {tool('Zoom out', <IconMinus size={15} stroke={1.8} />, () => canvasCommands()?.zoomOut())}
      {tool('Zoom in', <IconPlus size={15} stroke={1.8} />, () => canvasCommands()?.zoomIn())}
      {tool('Show everything', <IconArrowsMaximize size={15} stroke={1.8} />, () => canvasCommands()?.fit())}
      {tool('Show the selection', <IconTargetArrow size={15} stroke={1.8} />, () => canvasCommands()?.fitSelection())}
      {tool(
        other === 'LR' ? 'Flow left to right' : 'Flow top to bottom',
        other === 'LR' ? <IconArrowRight size={15} stroke={1.8} /> : <IconArrowDown size={15} stroke={1.8} />,
        () => void perform((before) => turn(before, other)),
      )}
      <span className={styles.divider} />
      {tool('Add a note', <IconNote size={15} stroke={1.8} />, () => addNoteHere(canvasCommands()?.middle()))}
      {hasSelection
        ? tool('Group the selection', <IconBoxMultiple size={15} stroke={1.8} />, () => groupSelection(undefined))
        : tool('Draw a group', <IconBoxMultiple size={15} stroke={1.8} />, () =>
            useFrameDrawing.setState({ isDrawing: true }),
          )}
      {isBlock && tool('Tidy the selection', <IconLayoutGrid size={15} stroke={1.8} />, tidySelected)}
      <span className={styles.divider} />
      {right}
    </div>
  )
}
