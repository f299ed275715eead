// Try: the draft runs here in the browser, at once or step by step, with answers that are made up. What it does is on the
// canvas above and in the tabs here.
import { Tabs } from '@mantine/core'
import { useEffect, useState } from 'react'
import { mocksOf, testsOf } from '../drawing/mocks.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { useTry } from '../store/try-run.ts'
import { InputTab } from './input-tab.tsx'
import { MocksTab } from './mocks-tab.tsx'
import { RunTabs } from './run-tabs.tsx'
import { TestsTab } from './tests-tab.tsx'
import styles from './try.module.css'
import { TryFault } from './try-fault.tsx'
import { TryNow } from './try-now.tsx'
import { TryToolbar } from './try-toolbar.tsx'
import { useTried } from './use-tried.ts'
import { loadPlayer } from './use-try-actions.ts'

const runTabs = ['timeline', 'history', 'data'] as const
export type RunTab = (typeof runTabs)[number]
type Tab = RunTab | 'input' | 'mocks' | 'tests'

const words: Readonly<Record<Tab, string>> = {
  input: 'Input',
  timeline: 'Timeline',
  history: 'History',
  data: 'Data',
  mocks: 'Answers',
  tests: 'Tests',
}

export function TryPanel({ onOutput }: { readonly onOutput: () => void }) {
  const [chosen, setTab] = useState<Tab>()
  const hasRun = useTry((state) => state.run !== undefined)
  const tried = useTried()
  const mocks = useDrawing((state) => Object.keys(mocksOf(state.drawing.layout)).length)
  const tests = useDrawing((state) => testsOf(state.drawing.layout).length)
  const usual: Tab = hasRun ? 'timeline' : 'input'
  const isRunTab = (tab: Tab | undefined): tab is RunTab => runTabs.some((one) => one === tab)
  const tab = chosen === undefined || (isRunTab(chosen) && !hasRun) ? usual : chosen
  // Fetched before it is needed, so that a run asks nobody for anything, not even for its code.
  useEffect(() => void Promise.all([loadPlayer(), import('./output-panel.tsx')]), [])
  const counts: Partial<Record<Tab, number>> = { history: tried?.unfolding.seq ?? 0, mocks, tests }
  return (
    <div className={styles.panel}>
      <TryToolbar onBegin={() => setTab((now) => (now === 'input' || now === 'tests' ? 'timeline' : now))} />
      <TryNow onMock={() => setTab('mocks')} />
      <TryFault onInput={() => setTab('input')} onMock={() => setTab('mocks')} onOutput={onOutput} />
      <Tabs
        value={tab}
        onChange={(next) => setTab((next ?? 'input') as Tab)}
        className={styles.tabs ?? ''}
        keepMounted={false}
      >
        <Tabs.List className={styles.tabList ?? ''}>
          {(Object.keys(words) as Tab[]).map((name) => (
            <Tabs.Tab key={name} value={name} disabled={isRunTab(name) && !hasRun}>
              {words[name]}
              {(counts[name] ?? 0) > 0 && <span className={styles.count}>{counts[name]}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="input" className={styles.scroll ?? ''}>
          <InputTab />
        </Tabs.Panel>
        {tried && isRunTab(tab) && (
          <Tabs.Panel value={tab} className={styles.fill ?? ''}>
            <RunTabs tab={tab} tried={tried} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="mocks" className={styles.fill ?? ''}>
          <MocksTab />
        </Tabs.Panel>
        <Tabs.Panel value="tests" className={styles.scroll ?? ''}>
          <TestsTab onWatch={() => setTab('timeline')} />
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}
