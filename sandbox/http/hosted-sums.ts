import { type Ctx, referred } from '@/sandbox/context'
import type { DiscountView, LineView, SumsView, TaxView } from '@/sandbox/documents/invoice-view'
import { type InvoiceItemRecord, type LineTax, serializeLine } from '@/sandbox/resources/invoice-item-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'

/** A line as it is printed. One with a bare amount shows neither quantity nor unit price: nobody said any. */
export function lineView(ctx: Ctx, item: InvoiceItemRecord): LineView {
  const line = serializeLine(ctx, item)
  const { price, product } = item.pricing.price_details
  const isBare =
    item.quantity_decimal === '1' &&
    referred(ctx, 'prices', price).adHoc &&
    referred(ctx, 'products', product).adHoc
  return {
    description: line.description ?? referred(ctx, 'products', product).name,
    quantity: isBare ? null : line.quantity_decimal,
    unitAmount: isBare ? null : item.pricing.unit_amount_decimal,
    amount: line.amount,
    inclusiveTax: inclusiveTax(line.taxes),
    period: line.period,
    discounts: discountViews(ctx, line.discount_amounts, (id) => item.discounts.includes(id)),
    taxRates: taxViews(ctx, line.taxes.map(taxPart)).map(({ percentage }) => percentage),
  }
}

/**
 * How an invoice's total comes about.
 * @param lines its items: what its own discounts took off them is the invoice's, the rest is in the subtotal
 */
export function sumsOf(ctx: Ctx, invoice: InvoiceRecord, lines: readonly InvoiceItemRecord[]): SumsView {
  const { total, subtotal, shipping_cost: shipping } = invoice
  const amounts = lines.flatMap(({ figures }) => figures.discount_amounts)
  const notes = ctx.store.table('creditNotes').by('invoice', invoice.id)
  const shippingTaxes = invoice.shippingTaxes.map(({ rate, amount, taxable_amount: taxable }) => ({
    rate,
    amount,
    taxable: taxable ?? 0,
  }))
  const added = shippingTaxes.filter(({ rate }) => !referred(ctx, 'taxRates', rate).inclusive)
  return {
    subtotal,
    subtotalExcludingTax: invoice.subtotal_excluding_tax ?? subtotal,
    discounts: discountViews(ctx, amounts, (id) => invoice.discounts.includes(id)),
    shipping: shipping && {
      name: invoice.shippingRate && referred(ctx, 'shippingRates', invoice.shippingRate).display_name,
      amount: shipping.amount_total - sum(added),
      amountExcludingTax: shipping.amount_subtotal,
    },
    totalExcludingTax: invoice.total_excluding_tax ?? total,
    taxes: taxViews(ctx, [...(invoice.total_taxes ?? []).map(taxPart), ...shippingTaxes]),
    total,
    balanceApplied: invoice.amount_due + invoice.pre_payment_credit_notes_amount - total,
    credited: notes
      .filter(({ status, pre_payment_amount: amount }) => status === 'issued' && amount > 0)
      .map(({ number, pre_payment_amount: amount }) => ({ number, amount })),
  }
}

/** What each discount of a kind took off, without those that took nothing. */
export function discountViews(
  ctx: Ctx,
  amounts: readonly { discount: string; amount: number }[],
  isWanted: (id: string) => boolean,
): DiscountView[] {
  const wanted = new Set(amounts.map(({ discount }) => discount).filter(isWanted))
  return [...wanted].flatMap((id) => {
    const amount = sum(amounts.filter(({ discount }) => discount === id))
    const coupon = referred(ctx, 'coupons', referred(ctx, 'discounts', id).coupon)
    return amount === 0 ? [] : [{ name: coupon.name, percentOff: coupon.percent_off, amount }]
  })
}

export function inclusiveTax(taxes: readonly LineTax[]): number {
  return sum(taxes.filter(({ tax_behavior: behavior }) => behavior === 'inclusive'))
}

type TaxPart = { rate: string; amount: number; taxable: number }

export function taxPart({ amount, tax_rate_details: details, taxable_amount: taxable }: LineTax): TaxPart {
  return { rate: details?.tax_rate ?? '', amount, taxable: taxable ?? 0 }
}

/** One row per rate. What an exempt customer does not pay is no row; a rate of zero is one. */
export function taxViews(ctx: Ctx, parts: readonly TaxPart[]): TaxView[] {
  const byRate = new Map<string, TaxPart>()
  for (const part of parts) {
    const known = byRate.get(part.rate)
    byRate.set(part.rate, {
      rate: part.rate,
      amount: part.amount + (known?.amount ?? 0),
      taxable: part.taxable + (known?.taxable ?? 0),
    })
  }
  return [...byRate.values()].flatMap(({ rate, amount, taxable }) => {
    const { display_name: name, jurisdiction, percentage, inclusive } = referred(ctx, 'taxRates', rate)
    if (amount === 0 && percentage !== 0) return []
    const place = jurisdiction ? ` – ${jurisdiction}` : ''
    return { name: `${name}${place}`, percentage, isInclusive: inclusive, amount, taxable }
  })
}

function sum(amounts: readonly { amount: number }[]): number {
  return amounts.reduce((total, { amount }) => total + amount, 0)
}
