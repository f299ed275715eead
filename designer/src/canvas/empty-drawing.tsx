import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import styles from './canvas.module.css'

/** Where nothing is drawn yet: how something gets here. */
export function EmptyDrawing({ onAdd }: { readonly onAdd: (at: { x: number; y: number }) => void }) {
  return (
    <div className={styles.nothing}>
      <p>Drag a step here from the palette, or choose one from the list.</p>
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        rightSection={<kbd>A</kbd>}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect()
          onAdd({ x: left, y: bottom + 8 })
        }}
      >
        Add the first step
      </Button>
    </div>
  )
}
