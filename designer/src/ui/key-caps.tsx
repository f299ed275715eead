import { keyCaps } from './shortcuts.ts'

export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span style={{ display: 'inline-flex', gap: 3 }}>
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
