import type Stripe from 'stripe'
import { customer } from '@/sandbox/contract/scenes'

type Rates = { vat: string; inside: string }

/** 19 % on top, and 7.25 % inside. */
export async function createRates(stripe: Stripe): Promise<Rates> {
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false })
  const inside = await stripe.taxRates.create({ display_name: 'GST', percentage: 7.25, inclusive: true })
  return { vat: vat.id, inside: inside.id }
}

/** Three units at 333, 10 % off, taxed; one line of 1,000 with tax inside; 5.00 off all of it. */
export async function taxedInvoice(stripe: Stripe): Promise<Stripe.Invoice> {
  const rates = await createRates(stripe)
  const tenth = await stripe.coupons.create({ percent_off: 10 })
  const five = await stripe.coupons.create({ amount_off: 500, currency: 'usd' })
  const { id } = await customer(stripe)
  const { id: invoice } = await stripe.invoices.create({
    customer: id,
    collection_method: 'send_invoice',
    days_until_due: 30,
    discounts: [{ coupon: five.id }],
  })
  await stripe.invoices.addLines(invoice, {
    lines: [
      {
        description: 'Lamp',
        quantity: 3,
        price_data: { currency: 'usd', unit_amount: 333, product_data: { name: 'Lamp' } },
        discounts: [{ coupon: tenth.id }],
        tax_rates: [rates.vat],
      },
      { description: 'Work', amount: 1000, tax_rates: [rates.inside] },
    ],
  })
  return stripe.invoices.finalizeInvoice(invoice)
}
