import { useMantineColorScheme } from '@mantine/core'
import {
  type Icon,
  IconChartDots,
  IconDeviceDesktop,
  IconKeyboard,
  IconMoon,
  IconPlayerPlay,
  IconPuzzle,
  IconSitemap,
  IconSun,
} from '@tabler/icons-react'
import { NavLink, useNavigate } from 'react-router'
import { useShortcut } from '../ui/shortcuts.ts'
import { addresses } from './addresses.ts'
import styles from './rail.module.css'
import { ServerDot } from './server-dot.tsx'
import { openShortcutHelp } from './shortcut-help.tsx'

const places: readonly { to: string; label: string; icon: Icon; keys: string }[] = [
  { to: addresses.definitions, label: 'Definitions', icon: IconSitemap, keys: 'g d' },
  { to: addresses.instances(), label: 'Instances', icon: IconPlayerPlay, keys: 'g i' },
  { to: addresses.activities, label: 'Activities', icon: IconPuzzle, keys: 'g a' },
  { to: addresses.overview, label: 'Overview', icon: IconChartDots, keys: 'g o' },
]

const schemes = {
  auto: { next: 'light', label: 'Theme: system', icon: IconDeviceDesktop },
  light: { next: 'dark', label: 'Theme: light', icon: IconSun },
  dark: { next: 'auto', label: 'Theme: dark', icon: IconMoon },
} as const

/** 56 px of icons; their labels show while the pointer or the focus is on it. */
export function Rail() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const scheme = schemes[colorScheme]
  const toggleScheme = () => setColorScheme(scheme.next)
  useShortcut({
    id: 'theme',
    title: 'Change the theme (light, dark, system)',
    keys: 'mod+shift+l',
    group: 'General',
    run: toggleScheme,
  })

  return (
    <div className={styles.rail}>
      <nav className={styles.sheet} aria-label="Main">
        <ul className={styles.places}>
          {places.map(({ to, label, icon: PlaceIcon, keys }) => (
            <li key={to}>
              <PlaceShortcut to={to} label={label} keys={keys} />
              <NavLink to={to} className={styles.item ?? ''}>
                <PlaceIcon size={20} stroke={1.6} aria-hidden />
                <span className={styles.label}>{label}</span>
              </NavLink>
            </li>
          ))}
        </ul>
        <div className={styles.foot}>
          <button type="button" className={styles.item} onClick={toggleScheme} aria-label={`${scheme.label}. Change`}>
            <scheme.icon size={20} stroke={1.6} aria-hidden />
            <span className={styles.label}>{scheme.label}</span>
          </button>
          <button type="button" className={styles.item} onClick={openShortcutHelp}>
            <IconKeyboard size={20} stroke={1.6} aria-hidden />
            <span className={styles.label}>Shortcuts</span>
          </button>
          <ServerDot />
        </div>
      </nav>
    </div>
  )
}

function PlaceShortcut({ to, label, keys }: { to: string; label: string; keys: string }) {
  const navigate = useNavigate()
  useShortcut({
    id: `go:${to}`,
    title: `Go to ${label.toLowerCase()}`,
    keys,
    group: 'Go to',
    run: () => void navigate(to),
  })
  return null
}
