import { z } from 'zod'
import { searchParameter, single, type UrlParameters } from './url-parameters'

/** What people act on: the first part of an operation's name. */
export const actedOn = ['invoice', 'customer', 'product', 'price', 'share_link'] as const
type ActedOn = (typeof actedOn)[number]

/** What the address bar says of the activity. `after` is the number of the last entry of the page before. */
export type ActivityFilters = {
  /** Id of an object, or of an operation. */
  search: string
  /** Id of a person. */
  by: string | null
  on: ActedOn | null
  outcome: 'failed' | null
  after: string | null
}

const by = z.uuid().nullable().catch(null)
const on = z.enum(actedOn).nullable().catch(null)
const outcome = z.literal('failed').nullable().catch(null)
const after = z
  .string()
  .regex(/^\d{1,15}$/)
  .nullable()
  .catch(null)

/** Reads filters from a URL's parameters. Bad values fall back to none; it never throws. */
export function parseActivityFilters(parameters: UrlParameters): ActivityFilters {
  return {
    search: searchParameter.parse(single(parameters.q) ?? ''),
    by: by.parse(single(parameters.by) ?? null),
    on: on.parse(single(parameters.on) ?? null),
    outcome: outcome.parse(single(parameters.outcome) ?? null),
    after: after.parse(single(parameters.after) ?? null),
  }
}

/** The shortest query string that reads back as `filters`: `''` or `?on=invoice`. */
export function formatActivityFilters({ search, ...others }: ActivityFilters): string {
  const query = new URLSearchParams()
  if (search !== '') query.set('q', search)
  for (const [name, value] of Object.entries(others)) if (value !== null) query.set(name, value)
  return query.size === 0 ? '' : `?${query}`
}
