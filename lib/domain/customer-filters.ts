import { cursorParameter, searchParameter, single, type UrlParameters } from './url-parameters'

/** What the address bar says of the customer list. `after` is the keyset cursor of the page shown. */
export type CustomerFilters = { search: string; after: string | null }

/** Reads filters from a URL's parameters. Bad values fall back to none; it never throws. */
export function parseCustomerFilters(parameters: UrlParameters): CustomerFilters {
  return {
    search: searchParameter.parse(single(parameters.q) ?? ''),
    after: cursorParameter.parse(single(parameters.after) ?? null),
  }
}

/** The shortest query string that reads back as `filters`: `''` or `?q=acme`. */
export function formatCustomerFilters(filters: CustomerFilters): string {
  const query = new URLSearchParams()
  if (filters.search !== '') query.set('q', filters.search)
  if (filters.after !== null) query.set('after', filters.after)
  return query.size === 0 ? '' : `?${query}`
}
