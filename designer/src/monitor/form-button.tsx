import { Button, Popover } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useShortcut } from '../ui/shortcuts.ts'

export interface FormButtonProps {
  readonly label: string
  readonly icon: Icon
  readonly isPrimary?: boolean
  readonly isSmall?: boolean
  readonly isDisabled?: boolean
  readonly width?: number
  /** Where the form opens; under its right end unless told. */
  readonly position?: 'bottom-start' | 'bottom-end'
  /** How the command palette and the keys know it; without it they do not. */
  readonly shortcut?: { readonly id: string; readonly title: string; readonly keys?: string }
  /** The form, made anew each time that it opens. */
  readonly children: (close: () => void) => ReactNode
}

/** A button whose form opens below it. */
export function FormButton({
  label,
  icon: ButtonIcon,
  isPrimary = false,
  isSmall = false,
  isDisabled = false,
  width = 320,
  position = 'bottom-end',
  shortcut,
  children,
}: FormButtonProps) {
  const [isOpen, setOpen] = useState(false)
  useShortcut(shortcut && !isDisabled ? { ...shortcut, run: () => setOpen(true) } : null)
  return (
    <Popover opened={isOpen} onChange={setOpen} width={width} position={position} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size={isSmall ? 'compact-xs' : 'xs'}
          variant={isPrimary ? 'filled' : 'default'}
          leftSection={<ButtonIcon size={isSmall ? 13 : 14} />}
          disabled={isDisabled}
          onClick={() => setOpen(!isOpen)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{isOpen && children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  )
}
