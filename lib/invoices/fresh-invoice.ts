import 'server-only'
import { impatient, stripe } from '@/lib/stripe/client'
import { type ParsedInvoice, parseInvoice } from '@/lib/stripe/parse-invoice'
import { isMissing } from '@/lib/stripe/to-app-error'

/** An invoice as Stripe has it at this moment, with the first of its lines; null when Stripe has none of this id. */
export async function freshInvoice(id: string): Promise<ParsedInvoice | null> {
  try {
    const expand = ['payments.data.payment.payment_intent']
    const invoice = await stripe().invoices.retrieve(id, { expand }, impatient)
    return parseInvoice(invoice, invoice.lines.data, invoice.payments?.data ?? [])
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
