// Somebody else saved this draft in the meantime. Nothing is written until the author has chosen.
import { Button, Group, Modal } from '@mantine/core'
import type { Draft } from '../api/api-types.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { RelativeTime } from '../ui/time.tsx'
import { ChangeList } from './change-list.tsx'
import styles from './designer.module.css'
import { type DraftSession, drawingOf } from './use-draft-session.ts'

export function ConflictDialog({ session, newer }: { readonly session: DraftSession; readonly newer: Draft | null }) {
  const mine = useDrawing((state) => state.drawing.definition)
  const name = useDrawing((state) => state.name)
  const theirs = newer && drawingOf(newer.definition, newer.layout, name).definition
  const base = session.base.definition
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      title="This draft was changed elsewhere"
    >
      <div className={styles.sheet}>
        <p className={styles.note}>
          {newer?.updatedAt ? (
            <>
              Another tab or person saved it <RelativeTime at={newer.updatedAt} />.
            </>
          ) : newer ? (
            'Another tab or person saved it.'
          ) : (
            'Another tab or person deleted it.'
          )}{' '}
          Nothing of yours was written over theirs, and yours is still here.
        </p>
        {theirs && (
          <section>
            <h3>What they changed</h3>
            <ChangeList before={base} after={theirs} empty="Nothing but places on the canvas." />
          </section>
        )}
        <section>
          <h3>What you changed</h3>
          <ChangeList before={base} after={mine} empty="Nothing but places on the canvas." />
        </section>
        <Group justify="flex-end">
          {newer && (
            <Button variant="default" onClick={() => session.takeTheirs(newer)}>
              Take theirs, drop mine
            </Button>
          )}
          <Button onClick={() => session.keepMine(newer)} data-autofocus>
            {newer ? 'Keep mine, write over theirs' : 'Save mine again'}
          </Button>
        </Group>
      </div>
    </Modal>
  )
}
