import type Stripe from 'stripe'
import { draft } from '@/sandbox/contract/scenes'

/** A line of a note that names no line of the invoice. */
export const custom = (unit_amount: number, rest: Partial<Stripe.CreditNoteCreateParams.Line> = {}) => ({
  type: 'custom_line_item' as const,
  description: 'Goodwill',
  quantity: 1,
  unit_amount,
  ...rest,
})

/** A line of a note over a line of the invoice. */
export const ofLine = (
  line: Stripe.InvoiceLineItem | undefined,
  rest: { quantity?: number; amount?: number },
) => ({
  type: 'invoice_line_item' as const,
  invoice_line_item: line?.id,
  ...rest,
})

/** An open invoice of three lamps at 700 each. */
export async function lamps(stripe: Stripe): Promise<Stripe.Invoice> {
  const { id } = await draft(stripe, { amounts: [] })
  await stripe.invoices.addLines(id, {
    lines: [
      {
        description: 'Lamp',
        quantity: 3,
        price_data: { currency: 'usd', unit_amount: 700, product_data: { name: 'Lamp' } },
      },
    ],
  })
  return stripe.invoices.finalizeInvoice(id)
}
