import { useState } from 'react'
import { useDrawing } from '../store/drawing-store.ts'
import styles from './drawer.module.css'
import { ProblemsPanel } from './problems-panel.tsx'

type Tab = 'problems'

/** What stands under the canvas. */
export function DesignerDrawer() {
  const [tab, setTab] = useState<Tab>('problems')
  const errors = useDrawing((state) => state.problems.filter(({ severity }) => severity === 'error').length)
  const all = useDrawing((state) => state.problems.length)
  return (
    <section className={styles.drawer} aria-label="Drawer">
      <div className={styles.tabs} role="tablist" aria-label="Drawer">
        <button
          type="button"
          role="tab"
          id="drawer-problems"
          aria-selected={tab === 'problems'}
          aria-controls="drawer-content"
          className={styles.tab}
          onClick={() => setTab('problems')}
        >
          Problems
          {all > 0 && (
            <span className={styles.count} data-severity={errors > 0 ? 'error' : 'warning'}>
              {all}
            </span>
          )}
        </button>
      </div>
      <div
        className={styles.content}
        id="drawer-content"
        role="tabpanel"
        aria-labelledby="drawer-problems"
        tabIndex={-1}
      >
        <ProblemsPanel />
      </div>
    </section>
  )
}
