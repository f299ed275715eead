/** The draft that an address leads to, where its name needs no decoding. Imports nothing: the first script stays small. */
export const draftNameIn = (path: string): string | undefined => /^\/definitions\/([\w.-]+)\/draft\/?$/.exec(path)?.[1]
