import { type Ctx, referred } from '@/sandbox/context'
import { numbersByAccount } from '@/sandbox/resources/customer-record'
import { settingsOf } from '@/sandbox/settings'

/**
 * The next invoice number, `PREFIX-0001`, from the customer's sequence or the account's, whichever the settings say;
 * numbers that callers have taken for themselves are left out.
 */
export function takeNumber(ctx: Ctx, customerId: string): string {
  return numbersByAccount(ctx) ? takeAccountNumber(ctx) : takeCustomerNumber(ctx, customerId)
}

function takeCustomerNumber(ctx: Ctx, customerId: string): string {
  const customer = referred(ctx, 'customers', customerId)
  const { number, next } = firstFree(ctx, customer.invoice_prefix ?? '', customer.next_invoice_sequence)
  // No event: the sequence is bookkeeping, and finalization is told by the invoice.
  ctx.store.put('customers', { ...customer, next_invoice_sequence: next })
  return number
}

function takeAccountNumber(ctx: Ctx): string {
  const settings = settingsOf(ctx.store)
  const { account } = settings
  const { number, next } = firstFree(ctx, account.invoice_prefix, account.next_invoice_sequence)
  ctx.store.put('settings', { ...settings, account: { ...account, next_invoice_sequence: next } })
  return number
}

function firstFree(ctx: Ctx, prefix: string, from: number): { number: string; next: number } {
  let sequence = from
  const numberOf = () => `${prefix}-${String(sequence).padStart(4, '0')}`
  while (ctx.store.table('invoices').count('number', numberOf()) > 0) sequence++
  return { number: numberOf(), next: sequence + 1 }
}
