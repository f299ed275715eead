// The right panel of notes and groups: what they say, their colour, their size.
import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type CSSProperties, useMemo } from 'react'
import { markStyle } from '../canvas/mark-tokens.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { Rect } from '../drawing/edge-route.ts'
import { placedGroup } from '../drawing/mark-places.ts'
import { colourOf, groupAt, markColours, markTyping, noteAt, smallestGroup, smallestNote } from '../drawing/marks.ts'
import { resizeGroup, titleGroup } from '../drawing/operations/groups.ts'
import { colourMarks, removeMarks } from '../drawing/operations/marks.ts'
import { rectOfNote, resizeNote, writeNote } from '../drawing/operations/notes.ts'
import { ScopeMeasure } from '../drawing/scope-measure.ts'
import { perform, sealTyping, useDrawing } from '../store/drawing-store.ts'
import styles from './properties.module.css'

export function MarkProperties({ paths }: { readonly paths: readonly string[] }) {
  const [only, ...others] = paths
  const isNote = useDrawing(({ drawing }) => only !== undefined && noteAt(drawing.layout, only) !== undefined)
  const single = others.length === 0 ? only : undefined
  const title = single === undefined ? `${paths.length} notes and groups` : isNote ? 'Note' : 'Group'
  return (
    <aside className={styles.panel} aria-label="Properties">
      <header className={styles.head}>
        <div className={styles.names}>
          <h2 className={styles.title}>{title}</h2>
          <div className={styles.kind}>Part of the picture, not of what runs</div>
        </div>
      </header>
      <div className={`${styles.body} ${styles.mark}`}>
        {single !== undefined && (isNote ? <NoteFields path={single} /> : <GroupFields path={single} />)}
        <Colours paths={paths} />
        <Button
          variant="default"
          leftSection={<IconTrash size={14} />}
          onClick={() => perform((before) => removeMarks(before, paths))}
        >
          {single === undefined
            ? `Delete ${paths.length} notes and groups`
            : isNote
              ? 'Delete the note'
              : 'Delete the group'}
        </Button>
      </div>
    </aside>
  )
}

function NoteFields({ path }: { readonly path: string }) {
  const text = useDrawing(({ drawing }) => noteAt(drawing.layout, path)?.text ?? '')
  return (
    <>
      <Textarea
        label="Text"
        autosize
        minRows={3}
        maxRows={16}
        value={text}
        onChange={({ currentTarget }) =>
          perform((before) => writeNote(before, path, currentTarget.value), markTyping(path))
        }
        onBlur={sealTyping}
      />
      <SizeFields path={path} least={smallestNote} rectOf={rectOfNote} resize={resizeNote} />
    </>
  )
}

function GroupFields({ path }: { readonly path: string }) {
  const title = useDrawing(({ drawing }) => groupAt(drawing.layout, path)?.title ?? '')
  return (
    <>
      <TextInput
        label="Title"
        value={title}
        onChange={({ currentTarget }) =>
          perform((before) => titleGroup(before, path, currentTarget.value), markTyping(path))
        }
        onBlur={sealTyping}
      />
      <SizeFields path={path} least={smallestGroup} rectOf={rectOfGroupAt} resize={resizeGroup} />
    </>
  )
}

function rectOfGroupAt(drawing: Drawing, path: string): Rect | undefined {
  const group = groupAt(drawing.layout, path)
  return group && placedGroup(group, new ScopeMeasure(drawing).scope(group.scope).places)?.rect
}

interface SizeFieldsProps {
  readonly path: string
  readonly least: { readonly width: number; readonly height: number }
  readonly rectOf: (drawing: Drawing, path: string) => Rect | undefined
  readonly resize: typeof resizeNote
}

function SizeFields({ path, least, rectOf, resize }: SizeFieldsProps) {
  const drawing = useDrawing((state) => state.drawing)
  const rect = useMemo(() => rectOf(drawing, path), [drawing, path, rectOf])
  const field = (key: 'width' | 'height', label: string) => (
    <SizeField
      label={label}
      least={least[key]}
      value={Math.round(rect?.[key] ?? 0)}
      write={(value) =>
        perform(
          (before) => resize(before, path, { ...(rectOf(before, path) ?? { x: 0, y: 0, ...least }), [key]: value }),
          `mark-size:${path}`,
        )
      }
    />
  )
  return (
    <div className={styles.sizes}>
      {field('width', 'Width')}
      {field('height', 'Height')}
    </div>
  )
}

interface SizeFieldProps {
  readonly label: string
  readonly least: number
  readonly value: number
  readonly write: (value: number) => void
}

function SizeField({ label, least, value, write }: SizeFieldProps) {
  return (
    <NumberInput
      label={label}
      suffix=" px"
      step={20}
      min={least}
      max={4000}
      clampBehavior="blur"
      value={value}
      onChange={(next) => {
        if (typeof next === 'number' && next >= least && next !== value) write(next)
      }}
      onBlur={sealTyping}
    />
  )
}

function Colours({ paths }: { readonly paths: readonly string[] }) {
  const chosen = useDrawing(({ drawing: { layout } }) => {
    const colours = paths.map((path) => {
      const note = noteAt(layout, path)
      return note ? colourOf(note.colour, 'amber') : colourOf(groupAt(layout, path)?.colour, 'blue')
    })
    return new Set(colours).size === 1 ? colours[0] : undefined
  })
  return (
    <fieldset className={styles.colours}>
      <legend>Colour</legend>
      {markColours.map((colour) => (
        <label key={colour} style={markStyle(colour) as CSSProperties}>
          <input
            type="radio"
            name="mark-colour"
            checked={chosen === colour}
            onChange={() => perform((before) => colourMarks(before, paths, colour))}
          />
          <span>{colour[0]?.toUpperCase() + colour.slice(1)}</span>
        </label>
      ))}
    </fieldset>
  )
}
