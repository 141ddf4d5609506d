import 'server-only'
import type Stripe from 'stripe'
import { impatient, stripe } from './client'
import { type ParsedInvoice, parseInvoice } from './parse-invoice'

/** Far more than the 250 lines that Stripe allows; the SDK wants a bound. */
const mostParts = 10_000

/** The invoice with all of its lines and payments, of which Stripe embeds only the first few. */
export async function fetchInvoice(id: string): Promise<ParsedInvoice> {
  const expand = ['payments.data.payment.payment_intent']
  const invoice = await stripe().invoices.retrieve(id, { expand }, impatient)
  return parseInvoice(invoice, await allLines(invoice), await allPayments(invoice))
}

async function allLines(invoice: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  if (!invoice.lines.has_more) return invoice.lines.data
  return await stripe()
    .invoices.listLineItems(invoice.id, { limit: 100 }, impatient)
    .autoPagingToArray({ limit: mostParts })
}

async function allPayments(invoice: Stripe.Invoice): Promise<Stripe.InvoicePayment[]> {
  const { payments } = invoice
  if (payments === undefined) return []
  if (!payments.has_more) return payments.data
  return await stripe()
    .invoicePayments.list(
      { invoice: invoice.id, limit: 100, expand: ['data.payment.payment_intent'] },
      impatient,
    )
    .autoPagingToArray({ limit: mostParts })
}
