// The drawing board: palette, canvas or code or both, properties, and the drawer underneath.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutBottombar, IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout, usePanelRef } from 'react-resizable-panels'
import { useNavigate } from 'react-router'
import { addresses } from '../app/addresses.ts'
import { TriedCanvas } from '../try/tried-canvas.tsx'
import { leaveTry } from '../try/use-try-actions.ts'
import { useTryShortcuts } from '../try/use-try-shortcuts.ts'
import { Later } from '../ui/later.tsx'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import { CanvasTools } from './canvas-tools.tsx'
import { ComparisonView } from './comparison-view.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { DeployPanel } from './deploy-panel.tsx'
import styles from './designer.module.css'
import { DesignerBar, type Mode } from './designer-bar.tsx'
import { DesignerDrawer, type DrawerTab } from './designer-drawer.tsx'
import { ExtractPanel } from './extract-panel.tsx'
import { FindBar } from './find-bar.tsx'
import { importFile } from './more-menu.tsx'
import { Palette } from './palette.tsx'
import { usePaletteItems } from './palette-items.ts'
import { Properties } from './properties.tsx'
import { RunPanel } from './run-panel.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useComparison } from './use-comparison.ts'
import { useDesignerShortcuts } from './use-designer-shortcuts.ts'
import type { DraftSession } from './use-draft-session.ts'
import { useProblems } from './use-problems.ts'
import { useStepAddress } from './use-step-address.ts'
import { VersionsPanel } from './versions-panel.tsx'

const CodeView = lazy(async () => ({ default: (await import('./code-view.tsx')).CodeView }))

export function Designer({ name, session }: { readonly name: string; readonly session: DraftSession }) {
  const [mode, setMode] = useState<Mode>('design')
  const [tab, setTab] = useState<DrawerTab>('problems')
  const [isVersions, setVersions] = useState(false)
  const comparison = useComparison(name)
  const [isDeploying, setDeploying] = useState(false)
  const [isRunning, setRunning] = useState(false)
  const navigate = useNavigate()
  const palette = usePaletteItems(name)
  const leftPanel = usePanelRef()
  const rightPanel = usePanelRef()
  const bottomPanel = usePanelRef()
  const across = useDefaultLayout({ id: 'durable-canvas.designer', storage: localStorage })
  const down = useDefaultLayout({ id: 'durable-canvas.designer.drawer', storage: localStorage })

  const openDefinition = useCallback((other: string) => void navigate(addresses.draft(other)), [navigate])
  // Another draft, or none: what was tried is over.
  useEffect(() => leaveTry, [])
  useProblems()
  useStepAddress()
  useClipboard()
  const toggle = useCallback((panel: typeof leftPanel) => {
    if (panel.current?.isCollapsed()) panel.current.expand()
    else panel.current?.collapse()
  }, [])
  const openTry = useCallback(() => {
    setTab('try')
    bottomPanel.current?.expand()
    if ((bottomPanel.current?.getSize().inPixels ?? 0) < 280) bottomPanel.current?.resize('340px')
  }, [bottomPanel])
  useDesignerShortcuts({
    setMode,
    deploy: () => setDeploying(true),
    run: () => setRunning(true),
    save: session.saveNow,
    togglePalette: () => toggle(leftPanel),
    toggleProperties: () => toggle(rightPanel),
    toggleDrawer: () => toggle(bottomPanel),
    openDefinition,
    editProperties: () => {
      rightPanel.current?.expand()
      document.querySelector<HTMLElement>('[aria-label="Properties"] [data-field] :is(input, textarea)')?.focus()
    },
  })

  useTryShortcuts(openTry)

  return (
    <>
      <DesignerBar
        name={name}
        session={session}
        mode={mode}
        onMode={setMode}
        onVersions={() => setVersions(true)}
        onTry={openTry}
        onRun={() => setRunning(true)}
        onDeploy={() => setDeploying(true)}
        onProblems={() => {
          setTab('problems')
          bottomPanel.current?.expand()
        }}
      />
      <Group
        orientation="horizontal"
        className={styles.group ?? ''}
        defaultLayout={across.defaultLayout}
        onLayoutChanged={across.onLayoutChanged}
      >
        <Panel
          id="palette"
          panelRef={leftPanel}
          defaultSize="264px"
          minSize="180px"
          maxSize="480px"
          collapsible
          collapsedSize="0px"
          groupResizeBehavior="preserve-pixel-size"
          className={styles.panel ?? ''}
        >
          <Later>
            <Palette {...palette} />
          </Later>
        </Panel>
        <Separator className={styles.upright ?? ''} aria-label="Width of the palette" />
        <Panel id="work" minSize="30%" className={styles.panel ?? ''}>
          <Group
            orientation="vertical"
            className={styles.group ?? ''}
            defaultLayout={down.defaultLayout}
            onLayoutChanged={down.onLayoutChanged}
          >
            <Panel id="board" minSize="20%" className={styles.panel ?? ''}>
              {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop files on; the menu has an import too */}
              <div
                className={styles.board}
                data-mode={mode}
                onDragOver={(event) => {
                  if (event.dataTransfer.types.includes('Files')) event.preventDefault()
                }}
                onDrop={(event) => {
                  const [file] = event.dataTransfer.files
                  if (!file) return
                  event.preventDefault()
                  void importFile(file)
                }}
              >
                {mode !== 'code' && comparison.compared && (
                  <div className={styles.half}>
                    <ComparisonView
                      name={name}
                      state={{ ...comparison, compared: comparison.compared }}
                      iconOf={palette.iconOf}
                    />
                  </div>
                )}
                {mode !== 'code' && !comparison.compared && (
                  <div className={styles.half}>
                    <TriedCanvas
                      items={palette.items}
                      iconOf={palette.iconOf}
                      canBreak={tab !== 'problems'}
                      onOpenDefinition={openDefinition}
                    />
                    <Later>
                      <FindBar />
                      <CanvasTools
                        left={
                          <PanelToggle label="Palette" onClick={() => toggle(leftPanel)}>
                            <IconLayoutSidebar size={16} stroke={1.6} />
                          </PanelToggle>
                        }
                        right={
                          <>
                            <PanelToggle label="Drawer" onClick={() => toggle(bottomPanel)}>
                              <IconLayoutBottombar size={16} stroke={1.6} />
                            </PanelToggle>
                            <PanelToggle label="Properties" onClick={() => toggle(rightPanel)}>
                              <IconLayoutSidebarRight size={16} stroke={1.6} />
                            </PanelToggle>
                          </>
                        }
                      />
                    </Later>
                  </div>
                )}
                {mode !== 'design' && (
                  <div className={styles.half}>
                    <Suspense fallback={<PanelSkeleton />}>
                      <CodeView />
                    </Suspense>
                  </div>
                )}
              </div>
            </Panel>
            <Separator className={styles.level ?? ''} aria-label="Height of the drawer" />
            <Panel
              id="drawer"
              panelRef={bottomPanel}
              defaultSize="200px"
              minSize="80px"
              maxSize="70%"
              collapsible
              collapsedSize="0px"
              groupResizeBehavior="preserve-pixel-size"
              className={styles.panel ?? ''}
            >
              <Later>
                <DesignerDrawer tab={tab} onTab={setTab} onTry={openTry} />
              </Later>
            </Panel>
          </Group>
        </Panel>
        <Separator className={styles.upright ?? ''} aria-label="Width of the properties" />
        <Panel
          id="properties"
          panelRef={rightPanel}
          defaultSize="360px"
          minSize="260px"
          maxSize="50%"
          collapsible
          collapsedSize="0px"
          groupResizeBehavior="preserve-pixel-size"
          className={styles.panel ?? ''}
        >
          <Later>
            <Properties />
          </Later>
        </Panel>
      </Group>
      <Later>
        <VersionsPanel
          name={name}
          isOpen={isVersions}
          onClose={() => setVersions(false)}
          onCompare={(compared) => {
            if (mode === 'code') setMode('design')
            comparison.compare(compared)
          }}
        />
        <DeployPanel
          name={name}
          isOpen={isDeploying}
          onClose={() => setDeploying(false)}
          onDeployed={session.saveNow}
        />
        <ExtractPanel />
        <RunPanel
          name={name}
          isOpen={isRunning}
          onClose={() => setRunning(false)}
          onDeploy={() => {
            setRunning(false)
            setDeploying(true)
          }}
        />
      </Later>
      {session.save.kind === 'conflict' && <ConflictDialog session={session} newer={session.save.newer} />}
    </>
  )
}

function PanelToggle({
  label,
  onClick,
  children,
}: {
  readonly label: string
  readonly onClick: () => void
  readonly children: React.ReactNode
}) {
  return (
    <Tooltip label={`Show or hide: ${label}`}>
      <ActionIcon size="sm" aria-label={`Show or hide: ${label}`} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
