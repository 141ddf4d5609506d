import 'server-only'
import type Stripe from 'stripe'
import { impatient } from './client'

/* Of what Stripe embeds only the first few, all. Each function asks only where there are more. */

const page = { limit: 100 } as const

export async function allLines(client: Stripe, invoice: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  if (!invoice.lines.has_more) return invoice.lines.data
  return await gather(client.invoices.listLineItems(invoice.id, page, impatient))
}

/** With their PaymentIntents, where `invoice` came with them. */
export async function allPayments(client: Stripe, invoice: Stripe.Invoice): Promise<Stripe.InvoicePayment[]> {
  const { payments } = invoice
  if (payments === undefined) return []
  if (!payments.has_more) return payments.data
  const expand = ['data.payment.payment_intent']
  return await gather(client.invoicePayments.list({ invoice: invoice.id, ...page, expand }, impatient))
}

export async function allNoteLines(
  client: Stripe,
  note: Stripe.CreditNote,
): Promise<Stripe.CreditNoteLineItem[]> {
  if (!note.lines.has_more) return note.lines.data
  return await gather(client.creditNotes.listLineItems(note.id, page, impatient))
}

export async function allRefunds(client: Stripe, charge: Stripe.Charge): Promise<Stripe.Refund[]> {
  const { refunds } = charge
  if (!refunds) return []
  if (!refunds.has_more) return refunds.data
  return await gather(client.refunds.list({ charge: charge.id, ...page }, impatient))
}

export async function allTaxIds(client: Stripe, customer: Stripe.Customer): Promise<Stripe.TaxId[]> {
  const { tax_ids: taxIds } = customer
  if (!taxIds) return []
  if (!taxIds.has_more) return taxIds.data
  return await gather(client.customers.listTaxIds(customer.id, page, impatient))
}

/** The first money stamps a currency on a customer: who has none has no ledger either. */
export async function allTransactions(
  client: Stripe,
  customer: Stripe.Customer,
): Promise<Stripe.CustomerBalanceTransaction[]> {
  if (!customer.currency) return []
  return await gather(client.customers.listBalanceTransactions(customer.id, page, impatient))
}

async function gather<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of pages) items.push(item)
  return items
}
