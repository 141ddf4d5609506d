import { z } from 'zod'
import { type InvoiceTab, invoiceTabs } from './invoice-view'
import { cursorParameter, searchParameter, single, type UrlParameters } from './url-parameters'

/** What the address bar says of the invoice list. `after` is the keyset cursor of the page shown. */
export type InvoiceFilters = {
  tab: InvoiceTab
  search: string
  customerId: string | null
  after: string | null
}

const schema = z.object({
  tab: z.enum(invoiceTabs).catch('all'),
  search: searchParameter,
  customer: z
    .string()
    .regex(/^cus_[A-Za-z0-9_]{1,250}$/)
    .nullable()
    .catch(null),
  after: cursorParameter,
})

/** Reads filters from a URL's parameters. Bad values fall back to none; it never throws. */
export function parseInvoiceFilters(parameters: UrlParameters): InvoiceFilters {
  const { tab, search, customer, after } = schema.parse({
    tab: single(parameters.tab),
    search: single(parameters.q) ?? '',
    customer: single(parameters.customer) ?? null,
    after: single(parameters.after) ?? null,
  })
  return { tab, search, customerId: customer, after }
}

/** The shortest query string that reads back as `filters`: `''` or `?tab=paid&q=acme`. */
export function formatInvoiceFilters(filters: InvoiceFilters): string {
  const query = new URLSearchParams()
  if (filters.tab !== 'all') query.set('tab', filters.tab)
  if (filters.search !== '') query.set('q', filters.search)
  if (filters.customerId !== null) query.set('customer', filters.customerId)
  if (filters.after !== null) query.set('after', filters.after)
  return query.size === 0 ? '' : `?${query}`
}
