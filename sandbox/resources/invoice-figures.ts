import { type InvoiceSums, type SumsInput, sumInvoice } from '@/sandbox/arithmetic/invoice-sums'
import type { Tax } from '@/sandbox/arithmetic/taxes'
import type { Ctx } from '@/sandbox/context'
import { termsOf } from '@/sandbox/resources/discount-record'
import type { InvoiceItemRecord, LineFigures, LineTax } from '@/sandbox/resources/invoice-item-record'
import type { InvoiceRecord, ShippingTax } from '@/sandbox/resources/invoice-record'
import { shippingAmount } from '@/sandbox/resources/shipping-rate-record'
import { rateOf } from '@/sandbox/resources/tax-rate-record'
import { settingsOf } from '@/sandbox/settings'

/** What the arithmetic needs to know of an item. */
type Figured = Omit<InvoiceItemRecord, 'figures'>

/** What an item comes to by itself, while no invoice has a say in it. */
export function figuresAlone(ctx: Ctx, item: Figured): LineFigures {
  const sums = sumInvoice({
    currency: item.currency,
    lines: [sumsLine(ctx, { ...item, tax_rates: [], taxAmounts: null })],
    discounts: [],
    defaultRates: [],
    shipping: null,
    exemption: 'none',
    rounding: 'line',
  })
  return lineFigures(sums)[0] ?? { amount: item.amount, discount_amounts: [], taxes: [] }
}

/** Everything that an invoice shows in numbers, and what it makes of each of its items; nothing is written. */
export function figuresOf(
  ctx: Ctx,
  invoice: InvoiceRecord,
  items: readonly InvoiceItemRecord[],
): { invoice: InvoiceFigures; lines: LineFigures[] } {
  const sums = sumInvoice({
    currency: invoice.currency,
    lines: items.map((item) => sumsLine(ctx, item)),
    discounts: invoice.discounts.map((id) => termsOf(ctx, id)),
    defaultRates: invoice.default_tax_rates.map((id) => rateOf(ctx, id)),
    shipping:
      invoice.shippingRate === null
        ? null
        : BigInt(shippingAmount(ctx, invoice.shippingRate, invoice.currency)),
    exemption: exemptionOf(invoice),
    rounding: settingsOf(ctx.store).account.rounding,
  })
  return { invoice: invoiceFigures(sums, invoice.shippingRate), lines: lineFigures(sums) }
}

/** Whether, and why, the invoice's customer pays no tax. */
export function exemptionOf({ customer_tax_exempt: exempt }: InvoiceRecord): SumsInput['exemption'] {
  if (exempt === 'exempt') return 'exempt'
  return exempt === 'reverse' ? 'reverse' : 'none'
}

function sumsLine(ctx: Ctx, item: Figured): SumsInput['lines'][number] {
  return {
    amount: BigInt(item.amount),
    product: item.pricing.price_details.product,
    discountable: item.discountable,
    discounts: item.discounts.map((id) => termsOf(ctx, id)),
    rates: item.tax_rates.map((id) => rateOf(ctx, id)),
    givenTaxes: item.taxAmounts?.map(taxFrom) ?? null,
  }
}

function lineFigures({ lines }: InvoiceSums): LineFigures[] {
  return lines.map(({ amount, discountAmounts, taxes }) => ({
    amount: Number(amount),
    discount_amounts: discountAmounts.map(wireDiscount),
    taxes: taxes.map(wireTax),
  }))
}

export type InvoiceFigures = Pick<
  InvoiceRecord,
  | 'amount_shipping'
  | 'shipping_cost'
  | 'shippingTaxes'
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_discount_amounts'
  | 'total_excluding_tax'
  | 'total_pretax_credit_amounts'
  | 'total_taxes'
>

function invoiceFigures(sums: InvoiceSums, shippingRate: string | null): InvoiceFigures {
  const { shipping } = sums
  const discounts = sums.discountAmounts.map(wireDiscount)
  return {
    amount_shipping: Number(shipping?.total ?? 0),
    shipping_cost: shipping && {
      amount_subtotal: Number(shipping.subtotal),
      amount_tax: Number(shipping.tax),
      amount_total: Number(shipping.total),
      shipping_rate: shippingRate,
    },
    shippingTaxes: shipping?.taxes.map(shippingTax) ?? [],
    subtotal: Number(sums.subtotal),
    subtotal_excluding_tax: Number(sums.subtotalExcludingTax),
    total: Number(sums.total),
    total_discount_amounts: discounts,
    total_excluding_tax: Number(sums.totalExcludingTax),
    total_pretax_credit_amounts: discounts.map((off) => ({ ...off, type: 'discount' })),
    total_taxes: sums.taxes.map(wireTax),
  }
}

function wireDiscount({ discount, amount }: InvoiceSums['discountAmounts'][number]) {
  return { amount: Number(amount), discount }
}

export function wireTax({ rate, behavior, amount, taxableAmount, reason }: Tax): LineTax {
  return {
    amount: Number(amount),
    tax_behavior: behavior,
    tax_rate_details: { tax_rate: rate },
    taxability_reason: reason,
    taxable_amount: Number(taxableAmount),
    type: 'tax_rate_details',
  }
}

export function taxFrom(tax: LineTax): Tax {
  return {
    rate: tax.tax_rate_details?.tax_rate ?? '',
    behavior: tax.tax_behavior === 'inclusive' ? 'inclusive' : 'exclusive',
    amount: BigInt(tax.amount),
    taxableAmount: BigInt(tax.taxable_amount ?? 0),
    reason: tax.taxability_reason,
  }
}

/** Taxes on shipping have no word for manual rates. */
function shippingTax({ rate, amount, taxableAmount, reason }: Tax): ShippingTax {
  return {
    amount: Number(amount),
    rate,
    taxability_reason: reason === 'not_available' ? null : reason,
    taxable_amount: Number(taxableAmount),
  }
}
