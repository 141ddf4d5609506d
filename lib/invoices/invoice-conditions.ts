import 'server-only'
import { containsPattern } from '@/lib/db/contains-pattern'
import { pastDueBefore } from '@/lib/domain/dates'
import type { InvoiceFilters } from '@/lib/domain/invoice-filters'
import type { InvoiceTab } from '@/lib/domain/invoice-view'
import { env } from '@/lib/env'

/** Takes a value into the query's parameters and gives its placeholder, `$3`. */
export type Parameter = (value: unknown) => string

/** A query's parameters as they come together. */
export function parametersOf(values: unknown[]): Parameter {
  return (value) => `$${values.push(value)}`
}

/** What a tab of the list holds, as SQL. Past due has its twin in the domain's `isPastDue`. */
export function tabCondition(tab: InvoiceTab, now: Date, parameter: Parameter): string {
  switch (tab) {
    case 'all':
      return 'true'
    case 'outstanding':
      return "status = 'open'"
    case 'past_due':
      return `status = 'open' and due_at < ${parameter(pastDueBefore(now, env().billingTimeZone))}`
    default:
      return `status = '${tab}'`
  }
}

/**
 * What narrows the list whatever the tab, as SQL. An id that is typed or pasted is looked up by itself, which an index
 * answers; anything else is looked for within number, name and e-mail.
 */
export function narrowedBy(
  { search, customerId }: Pick<InvoiceFilters, 'search' | 'customerId'>,
  parameter: Parameter,
): string {
  const conditions = ['deleted_at is null']
  if (customerId !== null) conditions.push(`customer_id = ${parameter(customerId)}`)
  const text = search.trim()
  if (/^in_\w+$/.test(text)) conditions.push(`id = ${parameter(text)}`)
  else if (/^cus_\w+$/.test(text)) conditions.push(`customer_id = ${parameter(text)}`)
  else if (text !== '') {
    const pattern = parameter(containsPattern(text))
    conditions.push(
      `(number ilike ${pattern} or customer_name ilike ${pattern} or customer_email ilike ${pattern})`,
    )
  }
  return conditions.join(' and ')
}
