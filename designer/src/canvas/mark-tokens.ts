import type { MarkColour } from '../drawing/marks.ts'

/** Which of the theme's colours a note or group has; each comes with a soft ground of its own. */
export const markTokens: { readonly [colour in MarkColour]: string } = {
  amber: 'family-waiting',
  blue: 'family-work',
  violet: 'family-flow',
  teal: 'family-data',
  grey: 'family-ending',
  red: 'danger',
}

/** As styles take it: `--mark` for line and title, `--mark-soft` for the ground. */
export const markStyle = (colour: MarkColour): { readonly [property: string]: string } => ({
  '--mark': `var(--dc-${markTokens[colour]})`,
  '--mark-soft': `var(--dc-${markTokens[colour]}-soft)`,
})
