/** What an expression reads and gives: plain JSON, never changed in place. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
