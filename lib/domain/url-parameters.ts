import { z } from 'zod'

/** A page's `searchParams`: anybody may have typed them. */
export type UrlParameters = Record<string, string | string[] | undefined>

/** Where a parameter is given twice, the first counts. */
export const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

// PostgreSQL takes neither NUL nor half a surrogate pair.
const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'))

/** What a list is searched for; bad values are no search. */
export const searchParameter = text(200).catch('')

/** Where a page of a list begins; bad values are its beginning. */
export const cursorParameter = text(300).min(1).nullable().catch(null)
