// Notes and frames in the picture: the frames under everything, the notes over it.
import type { DiagramGroup, DiagramNote } from './diagram.ts'
import type { Rect } from './edge-route.ts'
import { colourOf, type MarkColour } from './marks.ts'
import { cut, words } from './svg-words.ts'

export interface MarkColours {
  readonly text: string
  readonly line: (colour: MarkColour) => string
  readonly ground: (colour: MarkColour) => string
}

export function drawGroup({ group }: DiagramGroup, { x, y, width, height }: Rect, colours: MarkColours): string {
  const colour = colourOf(group.colour, 'blue')
  const line = colours.line(colour)
  const title = cut(group.title, Math.floor((width - 20) / 7))
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${colours.ground(colour)}" fill-opacity="0.5" stroke="${line}" stroke-opacity="0.6"/>${words(x + 10, y + 18, title, line, 12, 600)}`
}

const lineHeight = 18
const padding = { x: 10, y: 8 }
/** About as broad is a letter; the picture has no browser to ask. */
const letter = 6.6

export function drawNote({ note }: DiagramNote, { x, y, width, height }: Rect, colours: MarkColours): string {
  const colour = colourOf(note.colour, 'amber')
  const most = Math.max(1, Math.floor((height - padding.y * 2) / lineHeight))
  const lines = wrapped(note.text, Math.max(1, Math.floor((width - padding.x * 2) / letter))).slice(0, most)
  const text = lines.map((line, index) =>
    words(x + padding.x, y + padding.y + 13 + index * lineHeight, line, colours.text, 12, 400),
  )
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="${colours.ground(colour)}" stroke="${colours.line(colour)}" stroke-opacity="0.6"/>${text.join('')}`
}

/** Lines of at most so many letters, broken between words where there is a place for it. */
export function wrapped(text: string, most: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (longer.length <= most) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      let rest = word
      for (; rest.length > most; rest = rest.slice(most)) lines.push(rest.slice(0, most))
      line = rest
    }
    return [...lines, line]
  })
}
