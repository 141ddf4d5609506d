import { z } from 'zod'
import { type InvoiceTab, invoiceTabs } from './invoice-view'

/** What the address bar says of the invoice list. `after` is the keyset cursor of the page shown. */
export type InvoiceFilters = {
  tab: InvoiceTab
  search: string
  customerId: string | null
  after: string | null
}

// PostgreSQL takes neither NUL nor half a surrogate pair.
const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'))
const schema = z.object({
  tab: z.enum(invoiceTabs).catch('all'),
  search: text(200).catch(''),
  customer: z
    .string()
    .regex(/^cus_[A-Za-z0-9_]{1,250}$/)
    .nullable()
    .catch(null),
  after: text(300).min(1).nullable().catch(null),
})

type Parameters = Record<string, string | string[] | undefined>
const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** Reads filters from a URL's parameters. Bad values fall back to none; it never throws. */
export function parseInvoiceFilters(parameters: Parameters): InvoiceFilters {
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
