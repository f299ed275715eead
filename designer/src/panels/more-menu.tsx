import { ActionIcon, FileButton, Menu } from '@mantine/core'
import {
  type Icon,
  IconDots,
  IconFileCode,
  IconFileExport,
  IconFileImport,
  IconFileStack,
  IconFileVector,
  IconHistory,
  IconPhoto,
} from '@tabler/icons-react'
import { useRef } from 'react'
import { notifyFailed } from '../ui/notify.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import { exportDrawing, exportJson, exportMermaid, exportPng, exportSvg } from './exports.ts'
import { pasteText } from './use-clipboard.ts'

export async function importFile(file: File): Promise<void> {
  if (!pasteText(await file.text())) {
    notifyFailed(`${file.name} was not taken in`, new Error('It holds neither a definition nor steps, as JSON.'))
  }
}

const exporting: readonly {
  readonly id: string
  readonly title: string
  readonly icon: Icon
  readonly run: () => void
}[] = [
  { id: 'json', title: 'Export JSON', icon: IconFileExport, run: exportJson },
  { id: 'drawing', title: 'Export JSON with layout and tests', icon: IconFileStack, run: exportDrawing },
  { id: 'mermaid', title: 'Export Mermaid', icon: IconFileCode, run: exportMermaid },
  { id: 'svg', title: 'Export SVG', icon: IconFileVector, run: exportSvg },
  { id: 'png', title: 'Export PNG', icon: IconPhoto, run: () => void exportPng() },
]

export function MoreMenu({ onVersions }: { readonly onVersions: () => void }) {
  const reset = useRef<() => void>(null)
  return (
    <FileButton
      accept="application/json,.json"
      resetRef={reset}
      onChange={(file) => {
        if (file) void importFile(file)
        reset.current?.()
      }}
    >
      {({ onClick }) => (
        <>
          <Command id="versions" title="Versions…" run={onVersions} />
          <Command id="import" title="Import JSON…" run={onClick} />
          {exporting.map(({ id, title, run }) => (
            <Command key={id} id={`export.${id}`} title={title} run={run} />
          ))}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label="More">
                <IconDots size={17} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconHistory size={15} stroke={1.6} />} onClick={onVersions}>
                Versions…
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconFileImport size={15} stroke={1.6} />} onClick={onClick}>
                Import JSON…
              </Menu.Item>
              {exporting.map(({ id, title, icon: Shown, run }) => (
                <Menu.Item key={id} leftSection={<Shown size={15} stroke={1.6} />} onClick={run}>
                  {title}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
    </FileButton>
  )
}

/** What the menu offers stands in the command palette too. */
function Command({ id, title, run }: { readonly id: string; readonly title: string; readonly run: () => void }) {
  useShortcut({ id: `designer.${id}`, title, group: 'Designer', run })
  return null
}
