import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { IconSearch, IconSitemap } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { useDefinitions } from '../api/definitions.ts'
import { KeyCaps } from '../ui/key-caps.tsx'
import { keysOf, type Shortcut, useShortcut, useShortcuts } from '../ui/shortcuts.ts'
import { addresses } from './addresses.ts'
import styles from './command-palette.module.css'

/** Ctrl/Cmd-K: everything that can be done here, and every definition. */
export function CommandPalette() {
  const shortcuts = useShortcuts((state) => state.shortcuts)
  const definitions = useDefinitions()
  const navigate = useNavigate()
  useShortcut({
    id: 'palette',
    title: 'Find a command or definition',
    keys: 'mod+k',
    group: 'General',
    inFields: true,
    run: spotlight.toggle,
  })

  const actions = useMemo<SpotlightActionGroupData[]>(() => {
    const groups = new Map<string, SpotlightActionData[]>()
    const shown = shortcuts.filter((shortcut) => !shortcut.isHidden && shortcut.id !== 'palette')
    for (const shortcut of shown)
      groups.set(groupOf(shortcut), [...(groups.get(groupOf(shortcut)) ?? []), actionOf(shortcut)])
    const drawings = (definitions.data ?? []).map(({ name, title }) => ({
      id: `definition:${name}`,
      label: title ?? name,
      description: title ? name : 'Definition',
      leftSection: <IconSitemap size={16} stroke={1.6} />,
      onClick: () => void navigate(addresses.definition(name)),
    }))
    const all = [...groups].map(([group, items]) => ({ group, actions: items }))
    return drawings.length ? [...all, { group: 'Definitions', actions: drawings }] : all
  }, [shortcuts, definitions.data, navigate])

  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound="Nothing by that name"
      highlightQuery
      scrollable
      maxHeight={420}
      limit={12}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ actionsGroup: styles.group ?? '', search: styles.search ?? '' }}
      styles={{ actionSection: { opacity: 1 } }}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'What do you want to do?',
        'aria-label': 'Find a command or definition',
      }}
    />
  )
}

const groupOf = (shortcut: Shortcut) => shortcut.group ?? 'This page'

function actionOf(shortcut: Shortcut): SpotlightActionData {
  const [keys] = keysOf(shortcut)
  return {
    id: shortcut.id,
    label: shortcut.title,
    onClick: shortcut.run,
    ...(keys === undefined ? {} : { rightSection: <KeyCaps keys={keys} /> }),
  }
}
