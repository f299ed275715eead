/** A title as a name: "Order fulfilment (EU)" → order-fulfilment-eu. */
export const nameFrom = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '')

export const isName = (text: string): boolean => /^[a-z][a-z0-9-]{0,62}$/.test(text)
