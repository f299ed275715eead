import { Fragment } from 'react'

/** A sentence in which names stand in backticks, as the rules write it: the names in the face of code. */
export function CodedText({ text }: { readonly text: string }) {
  const parts = text.split('`')
  // An odd backtick belongs to the text.
  if (parts.length % 2 === 0) return text
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and never change places
      <code key={index} className="dc-code">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={index}>{part}</Fragment>
    ),
  )
}
