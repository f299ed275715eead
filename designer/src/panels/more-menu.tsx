import { ActionIcon, FileButton, Menu } from '@mantine/core'
import {
  IconDots,
  IconFileCode,
  IconFileExport,
  IconFileImport,
  IconFlask,
  IconHistory,
  IconPhoto,
  IconSvg,
} from '@tabler/icons-react'
import { useRef } from 'react'
import { notifyFailed } from '../ui/notify.ts'
import { exportDrawing, exportJson, exportMermaid, exportPng, exportSvg } from './exports.ts'
import { pasteText } from './use-clipboard.ts'

export async function importFile(file: File): Promise<void> {
  if (!pasteText(await file.text())) {
    notifyFailed(`${file.name} was not taken in`, new Error('It holds neither a definition nor steps, as JSON.'))
  }
}

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
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label="More">
              <IconDots size={17} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconHistory size={14} />} onClick={onVersions}>
              Versions…
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconFileImport size={14} />} onClick={onClick}>
              Import JSON…
            </Menu.Item>
            <Menu.Item leftSection={<IconFileExport size={14} />} onClick={exportJson}>
              Export JSON
            </Menu.Item>
            <Menu.Item leftSection={<IconFlask size={14} />} onClick={exportDrawing}>
              Export JSON with layout and tests
            </Menu.Item>
            <Menu.Item leftSection={<IconFileCode size={14} />} onClick={exportMermaid}>
              Export Mermaid
            </Menu.Item>
            <Menu.Item leftSection={<IconSvg size={14} />} onClick={exportSvg}>
              Export SVG
            </Menu.Item>
            <Menu.Item leftSection={<IconPhoto size={14} />} onClick={() => void exportPng()}>
              Export PNG
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </FileButton>
  )
}
