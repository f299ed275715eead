// The boxes of the canvas: what React Flow shows for a start marker, a step, a container and a lane.

import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconPlayerPlayFilled } from '@tabler/icons-react'
import { Handle, type NodeProps } from '@xyflow/react'
import { type CSSProperties, memo, useContext } from 'react'
import { kindOf } from '../steps/registry.ts'
import { problemCountWords } from '../steps/words.ts'
import styles from './canvas.module.css'
import { CanvasActionsContext } from './canvas-actions.ts'
import { useIsFarAway } from './far-away.tsx'
import type { BoxData, BoxNode } from './flow-types.ts'
import { handlePlaces } from './handle-places.ts'
import { StateMark } from './state-mark.tsx'
import { StepIcon } from './step-icon.tsx'
import { testIds } from './test-ids.ts'

const classes = (...names: readonly (string | false | undefined)[]) => names.filter(Boolean).join(' ')

const Handles = memo(({ box, direction, isEditable }: Pick<BoxData, 'box' | 'direction' | 'isEditable'>) => {
  const isFar = useIsFarAway()
  return handlePlaces(box, direction).map(({ id, type, position, x, y }) => {
    const key = `${type}:${id}`
    const style = { '--x': `${x}px`, '--y': `${y}px` } as CSSProperties
    // React Flow looks for where edges end, which nobody can take hold of from there.
    if (isFar)
      return (
        <div
          key={key}
          className={`${styles.farPort} ${type}`}
          data-handleid={id}
          data-handlepos={position}
          style={style}
        />
      )
    return (
      <Handle
        key={key}
        id={id}
        type={type}
        position={position}
        isConnectable={isEditable}
        isConnectableStart={isEditable && type === 'source'}
        style={style}
      />
    )
  })
})

function ProblemBadge({ errors, warnings }: Pick<BoxData, 'errors' | 'warnings'>) {
  const count = errors + warnings
  if (count === 0) return null
  const label = problemCountWords(errors, warnings)
  return (
    <span
      className={styles.badge}
      data-severity={errors > 0 ? 'error' : 'warning'}
      role="img"
      aria-label={label}
      title={label}
    >
      <IconAlertTriangle size={11} stroke={2.2} aria-hidden />
      {count}
    </span>
  )
}

function Fold({ path, isCollapsed }: { readonly path: string; readonly isCollapsed: boolean }) {
  const { fold } = useContext(CanvasActionsContext)
  if (fold === undefined) return null
  const FoldIcon = isCollapsed ? IconChevronRight : IconChevronDown
  return (
    <button
      type="button"
      className={classes(styles.fold, 'nodrag')}
      aria-label={isCollapsed ? 'Expand' : 'Collapse'}
      onClick={(event) => {
        event.stopPropagation()
        fold(path)
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <FoldIcon size={14} aria-hidden />
    </button>
  )
}

function Breakpoint({ path, isSet }: { readonly path: string; readonly isSet: boolean }) {
  const { toggleBreakpoint } = useContext(CanvasActionsContext)
  if (toggleBreakpoint === undefined && !isSet) return null
  return (
    <button
      type="button"
      className={classes(styles.breakpoint, 'nodrag')}
      aria-label="Stop here"
      aria-pressed={isSet}
      title={isSet ? 'The run stops here' : 'Stop the run here'}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation()
        toggleBreakpoint?.(path)
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  )
}

const CardNode = memo(({ data, selected }: NodeProps<BoxNode>) => {
  const { box, title, line, state } = data
  const { family } = kindOf(box.step)
  const isFar = useIsFarAway()
  return (
    <>
      <div
        className={classes(
          styles.card,
          styles[family],
          selected && styles.selected,
          data.isDropTarget && styles.dropTarget,
        )}
        data-testid={testIds.card(box.path)}
        data-state={state === undefined ? undefined : (state?.state ?? 'none')}
        data-difference={data.difference}
        data-direction={data.direction}
      >
        {!isFar && (
          <>
            <span className={styles.icon}>
              <StepIcon step={box.step} name={data.activityIcon} size={17} />
            </span>
            <span className={styles.text}>
              <span className={styles.title} style={{ display: 'block' }} title={title}>
                {title}
              </span>
              <span className={styles.line} style={{ display: 'block' }} title={line}>
                {line}
              </span>
            </span>
            {box.isCollapsed && <Fold path={box.path} isCollapsed />}
            <Breakpoint path={box.path} isSet={data.hasBreakpoint === true} />
            <ProblemBadge errors={data.errors} warnings={data.warnings} />
            {state && <StateMark state={state} />}
          </>
        )}
      </div>
      <Handles box={box} direction={data.direction} isEditable={data.isEditable} />
    </>
  )
})

const StartNode = memo(({ data, selected }: NodeProps<BoxNode>) => {
  const { box, title } = data
  const isRoot = box.parent === undefined
  return (
    <>
      <div
        className={classes(isRoot ? styles.start : styles.dot, selected && styles.selected)}
        data-testid={testIds.start(box.path)}
        data-direction={data.direction}
        title={isRoot ? title : 'Where this scope starts'}
      >
        {isRoot && (
          <>
            <IconPlayerPlayFilled size={11} aria-hidden />
            <span className="dc-clip">{title}</span>
          </>
        )}
      </div>
      <Handles box={box} direction={data.direction} isEditable={data.isEditable} />
    </>
  )
})

/** A container that is narrower has its second line under the first one. */
const roomForOneLine = 360

const ContainerNode = memo(({ data, selected }: NodeProps<BoxNode>) => {
  const { box, title, line, state } = data
  const { family } = kindOf(box.step)
  return (
    <>
      <div
        className={classes(
          styles.container,
          styles[family],
          selected && styles.selected,
          data.isDropTarget && styles.dropTarget,
        )}
        data-testid={testIds.card(box.path)}
        data-doubled={box.step?.type === 'forEach'}
        data-state={state === undefined ? undefined : (state?.state ?? 'none')}
        data-difference={data.difference}
      >
        <div className={styles.header} data-narrow={box.width < roomForOneLine}>
          <span className={styles.icon}>
            <StepIcon step={box.step} size={14} />
          </span>
          <span className={styles.text}>
            <span className={styles.title} title={title}>
              {title}
            </span>
            <span className={styles.line} title={line}>
              {line}
            </span>
          </span>
          <Fold path={box.path} isCollapsed={false} />
        </div>
        {data.isEmpty && <div className={styles.empty}>Drop a step here</div>}
        <Breakpoint path={box.path} isSet={data.hasBreakpoint === true} />
        <ProblemBadge errors={data.errors} warnings={data.warnings} />
        {state && <StateMark state={state} />}
      </div>
      <Handles box={box} direction={data.direction} isEditable={data.isEditable} />
    </>
  )
})

const LaneNode = memo(({ data }: NodeProps<BoxNode>) => (
  <div
    className={classes(styles.lane, data.isDropTarget && styles.dropTarget)}
    data-testid={testIds.lane(data.box.path)}
  >
    <div className={styles.laneTitle}>{data.box.branch}</div>
    {data.isEmpty && <div className={styles.empty}>Drop a step here</div>}
  </div>
))

for (const [node, name] of [
  [Handles, 'Handles'],
  [CardNode, 'CardNode'],
  [StartNode, 'StartNode'],
  [ContainerNode, 'ContainerNode'],
  [LaneNode, 'LaneNode'],
] as const) {
  node.displayName = name
}

export const boxNodeTypes = { card: CardNode, start: StartNode, container: ContainerNode, lane: LaneNode }
