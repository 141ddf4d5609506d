import { searchParameter, single, type UrlParameters } from './url-parameters'

/** What the address bar says of the product list. */
export type ProductFilters = { archived: boolean; search: string }

/** Reads filters from a URL's parameters. Bad values fall back to none; it never throws. */
export function parseProductFilters(parameters: UrlParameters): ProductFilters {
  return {
    archived: single(parameters.archived) === 'true',
    search: searchParameter.parse(single(parameters.q) ?? ''),
  }
}
