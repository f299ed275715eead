/** `Order {% $input.id %} is due` → `{% "Order " & ($input.id) & " is due" %}`; undefined where the parts cannot be told apart. */
export function oneExpression(text: string): string | undefined {
  const parts = text.split(/(\{%[\s\S]*?%\})/).filter((part) => part !== '')
  if (parts.length < 2) return undefined
  const joined = parts.map((part) => {
    if (!part.startsWith('{%')) return part.includes('{%') ? undefined : JSON.stringify(part)
    const source = part.slice(2, -2).trim()
    return /^[\w$.`]+$/.test(source) ? source : `(${source})`
  })
  return joined.some((part) => part === undefined) ? undefined : `{% ${joined.join(' & ')} %}`
}
