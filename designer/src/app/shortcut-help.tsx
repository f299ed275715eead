import { Drawer, Table, Title } from '@mantine/core'
import { create } from 'zustand'
import { KeyCaps } from '../ui/key-caps.tsx'
import { keysOf, type Shortcut, useShortcut, useShortcuts } from '../ui/shortcuts.ts'

const useHelp = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }))

export const openShortcutHelp = (): void => useHelp.setState({ isOpen: true })
const close = () => useHelp.setState({ isOpen: false })

/** `?`: what the keyboard does on this page. */
export function ShortcutHelp() {
  const isOpen = useHelp((help) => help.isOpen)
  const shortcuts = useShortcuts((state) => state.shortcuts)
  useShortcut({
    id: 'help',
    title: 'Show the keyboard shortcuts',
    keys: '?',
    group: 'General',
    run: () => useHelp.setState({ isOpen: !isOpen }),
  })
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size={360}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {groups(shortcuts).map(([group, items]) => (
        <section key={group}>
          <Title order={3} mb={4} mt="md">
            {group}
          </Title>
          <Table verticalSpacing={4} horizontalSpacing={0} withRowBorders={false}>
            <Table.Tbody>
              {items.map((shortcut) => (
                <Table.Tr key={shortcut.id}>
                  <Table.Td>{shortcut.title}</Table.Td>
                  <Table.Td align="right">
                    {keysOf(shortcut)
                      .slice(0, 1)
                      .map((keys) => (
                        <KeyCaps key={keys} keys={keys} />
                      ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </Drawer>
  )
}

function groups(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const found = new Map<string, Shortcut[]>()
  for (const shortcut of shortcuts.filter((one) => !one.isHidden && keysOf(one).length > 0)) {
    const group = shortcut.group ?? 'This page'
    found.set(group, [...(found.get(group) ?? []), shortcut])
  }
  return [...found].sort(([a], [b]) => Number(a !== 'This page') - Number(b !== 'This page'))
}
