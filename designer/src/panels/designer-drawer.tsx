import { lazy, type ReactNode, Suspense } from 'react'
import { useDrawing } from '../store/drawing-store.ts'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import styles from './drawer.module.css'
import { ProblemsPanel } from './problems-panel.tsx'

const TryPanel = lazy(async () => ({ default: (await import('../try/try-panel.tsx')).TryPanel }))

export type DrawerTab = 'problems' | 'try'

export interface DesignerDrawerProps {
  readonly tab: DrawerTab
  readonly onTab: (tab: DrawerTab) => void
}

/** What stands under the canvas. */
export function DesignerDrawer({ tab, onTab }: DesignerDrawerProps) {
  const errors = useDrawing((state) => state.problems.filter(({ severity }) => severity === 'error').length)
  const all = useDrawing((state) => state.problems.length)
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
      </div>
      <div
        className={styles.content}
        id="drawer-content"
        role="tabpanel"
        aria-labelledby={`drawer-${tab}`}
        tabIndex={-1}
      >
        {tab === 'problems' ? (
          <ProblemsPanel />
        ) : (
          <Suspense fallback={<PanelSkeleton />}>
            <TryPanel />
          </Suspense>
        )}
      </div>
    </section>
  )
}
