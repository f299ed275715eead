import { lazy, type ReactNode, Suspense } from 'react'
import { useDrawing } from '../store/drawing-store.ts'
import { useTry } from '../store/try-run.ts'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import styles from './drawer.module.css'
import { ProblemsPanel } from './problems-panel.tsx'

const OutputPanel = lazy(async () => ({ default: (await import('../try/output-panel.tsx')).OutputPanel }))
const TryPanel = lazy(async () => ({ default: (await import('../try/try-panel.tsx')).TryPanel }))

export type DrawerTab = 'problems' | 'try' | 'output'

export interface DesignerDrawerProps {
  readonly tab: DrawerTab
  readonly onTab: (tab: DrawerTab) => void
  /** Shows where the draft is tried, with room for it. */
  readonly onTry: () => void
}

/** What stands under the canvas. */
export function DesignerDrawer({ tab, onTab, onTry }: DesignerDrawerProps) {
  const errors = useDrawing((state) => state.problems.filter(({ severity }) => severity === 'error').length)
  const all = useDrawing((state) => state.problems.length)
  const ended = useTry(({ phase, run }) => (phase === 'ended' ? run?.simulation.state.status : undefined))
  const one = (name: DrawerTab, label: ReactNode) => (
    <button
      type="button"
      role="tab"
      id={`drawer-${name}`}
      aria-selected={tab === name}
      aria-controls="drawer-content"
      className={styles.tab}
      onClick={() => onTab(name)}
    >
      {label}
    </button>
  )
  return (
    <section className={styles.drawer} aria-label="Drawer">
      <div className={styles.tabs} role="tablist" aria-label="Drawer">
        {one(
          'problems',
          <>
            Problems
            {all > 0 && (
              <span className={styles.count} data-severity={errors > 0 ? 'error' : 'warning'}>
                {all}
              </span>
            )}
          </>,
        )}
        {one('try', 'Try')}
        {one('output', <>Output {ended && <span className={styles.ended} data-status={ended} title={ended} />}</>)}
      </div>
      <div
        className={styles.content}
        id="drawer-content"
        role="tabpanel"
        aria-labelledby={`drawer-${tab}`}
        tabIndex={-1}
      >
        <Suspense fallback={<PanelSkeleton />}>
          {tab === 'problems' && <ProblemsPanel />}
          {tab === 'try' && <TryPanel onOutput={() => onTab('output')} />}
          {tab === 'output' && <OutputPanel onTry={onTry} />}
        </Suspense>
      </div>
    </section>
  )
}
