import { byParam, type Ctx, referred } from '@/sandbox/context'
import { maximumLine } from '@/sandbox/currencies'
import { normalizeDecimal, truncate } from '@/sandbox/decimal'
import { amount, checkStep, metadata, period } from '@/sandbox/http/common-params'
import {
  exclusiveParameters,
  invalidRequest,
  missingParameter,
  type StripeError,
} from '@/sandbox/http/errors'
import {
  bool,
  clearable,
  decimal,
  hash,
  integer,
  type Params,
  paramAt,
  required,
  text,
} from '@/sandbox/http/params'
import { priceAmount } from '@/sandbox/price-amount'
import type { InvoiceItemRecord } from '@/sandbox/resources/invoice-item-record'
import { taxRatesRule } from '@/sandbox/resources/invoice-taxes'
import { createAdHocPrice, unitPriceShape } from '@/sandbox/resources/price-change'
import { type PriceRecord, rateIn } from '@/sandbox/resources/price-record'
import {
  createAdHocProduct,
  createProduct,
  lineProductShape,
  type ProductRecord,
} from '@/sandbox/resources/product-record'
import { discountsRule } from '@/sandbox/resources/redeem-discounts'
import type { Minor } from '@/sandbox/totals'

/** What invoice items and invoice lines have in common. */
export const itemShape = {
  amount,
  description: clearable(text(5000)),
  discountable: bool,
  metadata,
  period,
  pricing: hash({ price: text(255) }),
  quantity: integer({ min: 0, max: 1_000_000_000 }),
  quantity_decimal: decimal({ places: 12 }),
  discounts: discountsRule,
  tax_rates: taxRatesRule,
}

/** Lines may describe their product, items only name it. */
export const linePriceDataShape = {
  ...unitPriceShape,
  product: text(255),
  product_data: hash(lineProductShape),
}
export const itemPriceDataShape = { ...unitPriceShape, product: required(text(255)) }

export const unitAmountDecimal = decimal({ places: 12, negative: true })

export type PriceInput = Params<typeof itemShape> & {
  price_data?: Params<typeof linePriceDataShape>
  unit_amount_decimal?: string
}

/** What an item costs and why. */
export type Pricing = Pick<
  InvoiceItemRecord,
  'amount' | 'currency' | 'pricing' | 'quantity' | 'quantity_decimal'
>

/** The parameters' place in the request, for errors: `` for the request itself, else `lines[0]`. */
type Where = {
  currency: string | undefined
  at: string
  /** The customer's currency, which a price that stands alone uses when it is offered in it. */
  preferred?: string | null
  /** What the parameter for a catalog price is called, where it is not `pricing[price]`. */
  priceParam?: string
}

const sources = ['amount', 'unit_amount_decimal', 'pricing', 'price_data'] as const

/** Whether the input names a new amount, rather than leaving the present one. */
export function namesPrice(input: PriceInput): boolean {
  return sources.some((source) => input[source] !== undefined)
}

/**
 * The pricing that the input asks for: a bare amount, a unit amount, a catalog price or price data, times a quantity.
 * @param where.currency the invoice's, which the price has to match; undefined when the item stands alone
 * @throws StripeError when the input names no amount or several, or one that does not fit
 */
export function priceItem(ctx: Ctx, input: PriceInput, where: Where): Pricing & { label: string | null } {
  const given = sources.filter((source) => input[source] !== undefined)
  const [first, second] = given
  if (first === undefined) throw missingParameter(named(where, 'amount'))
  if (second !== undefined) throw exclusiveParameters(named(where, first), named(where, second))
  if (input.amount !== undefined) return bareAmount(ctx, input, input.amount, where)
  const { price, label } = priceOf(ctx, input, where)
  const currency = where.currency ?? ownCurrency(price, where.preferred)
  const rate = rateIn(price, currency)
  if (!rate) throw mismatchOf(price, where, input.pricing ? priceParam(where) : 'currency')
  return { ...priced({ ...price, ...rate, currency }, quantityOf(input, where), where), label }
}

/**
 * The same price for another quantity.
 * @throws StripeError when the price is not offered in the item's currency any more
 */
export function repriceItem(ctx: Ctx, item: InvoiceItemRecord, input: PriceInput, where: Where): Pricing {
  if (input.quantity === undefined && input.quantity_decimal === undefined) return item
  const price = referred(ctx, 'prices', item.pricing.price_details.price)
  const rate = rateIn(price, item.currency)
  if (!rate) throw mismatchOf(price, where, 'quantity')
  return priced({ ...price, ...rate, currency: item.currency }, quantityOf(input, where), where)
}

function bareAmount(ctx: Ctx, input: PriceInput, units: number, where: Where) {
  if (input.quantity !== undefined || input.quantity_decimal !== undefined) {
    throw invalidRequest(
      'You cannot pass amount together with a quantity; use unit_amount_decimal instead.',
      {
        param: named(where, 'amount'),
      },
    )
  }
  if (where.currency === undefined) throw missingParameter(named(where, 'currency'))
  checkStep(units, where.currency, named(where, 'amount'))
  const price = adHoc(ctx, input, String(units), where.currency)
  return { ...priced(price, '1', where), label: null }
}

function priceOf(ctx: Ctx, input: PriceInput, where: Where): { price: PriceRecord; label: string | null } {
  if (input.pricing) {
    const id = input.pricing.price
    if (id === undefined) throw missingParameter(named(where, priceParam(where)))
    return catalogPrice(ctx, id, named(where, priceParam(where)))
  }
  if (input.price_data) return inlinePrice(ctx, input.price_data, where)
  if (where.currency === undefined) throw missingParameter(named(where, 'currency'))
  return { price: adHoc(ctx, input, input.unit_amount_decimal ?? '0', where.currency), label: null }
}

function priceParam({ priceParam: name = 'pricing[price]' }: Where): string {
  return name
}

function catalogPrice(ctx: Ctx, id: string, param: string): { price: PriceRecord; label: string } {
  const price = byParam(ctx, 'prices', id, param)
  if (!price.active) {
    throw invalidRequest('The price specified is inactive. This field only accepts active prices.', { param })
  }
  if (price.type !== 'one_time') {
    throw invalidRequest(
      'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
      { param },
    )
  }
  if (price.custom_unit_amount) {
    throw invalidRequest('A price whose amount the customer chooses cannot be used on an invoice.', { param })
  }
  return { price, label: activeProduct(ctx, price.product, param).name }
}

function activeProduct(ctx: Ctx, id: string, param: string): ProductRecord {
  const product = byParam(ctx, 'products', id, param)
  if (product.active) return product
  throw invalidRequest(`The product ${id} is inactive.`, { code: 'product_inactive', param })
}

function inlinePrice(ctx: Ctx, data: Params<typeof linePriceDataShape>, where: Where) {
  const { product, product_data, ...unit } = data
  if (product !== undefined && product_data) {
    throw exclusiveParameters(named(where, 'price_data[product]'), named(where, 'price_data[product_data]'))
  }
  if (product === undefined && !product_data) throw missingParameter(named(where, 'price_data[product]'))
  const owner = product_data
    ? createProduct(ctx, product_data)
    : activeProduct(ctx, product ?? '', named(where, 'price_data[product]'))
  return { price: createAdHocPrice(ctx, owner.id, unit), label: owner.name }
}

/** An amount that belongs to no catalog gets a hidden price and product of its own. */
function adHoc(ctx: Ctx, input: PriceInput, unitAmount: string, currency: string): PriceRecord {
  const product = createAdHocProduct(ctx, input.description ?? 'Invoice item')
  return createAdHocPrice(ctx, product.id, { currency, unit_amount_decimal: unitAmount })
}

/** @param price with the rate and currency that apply */
function priced(price: PriceRecord, quantity: string, where: Where): Pricing {
  return {
    ...quantities(quantity, checkedAmount(priceAmount(price, quantity), where)),
    currency: price.currency,
    pricing: {
      type: 'price_details',
      price_details: { price: price.id, product: price.product },
      unit_amount_decimal: price.unit_amount_decimal,
    },
  }
}

function quantities(quantity: string, units: number) {
  return { amount: units, quantity: truncate(quantity), quantity_decimal: quantity }
}

function quantityOf(input: PriceInput, where: Where): string {
  if (input.quantity !== undefined && input.quantity_decimal !== undefined) {
    throw exclusiveParameters(named(where, 'quantity'), named(where, 'quantity_decimal'))
  }
  return normalizeDecimal(input.quantity_decimal ?? String(input.quantity ?? 1))
}

function checkedAmount(units: Minor, where: Where): number {
  const size = units < 0n ? -units : units
  if (size > BigInt(maximumLine)) {
    throw invalidRequest(
      `The amount of a line can be at most ${maximumLine} in the smallest currency unit.`,
      { code: 'amount_too_large', param: named(where, 'quantity') },
    )
  }
  return Number(units)
}

function ownCurrency(price: PriceRecord, preferred: string | null | undefined): string {
  return preferred && rateIn(price, preferred) ? preferred : price.currency
}

/** @param param the parameter to blame, as the request names it */
export function currencyMismatch(ofItem: string, ofInvoice: string | undefined, param: string): StripeError {
  return invalidRequest(
    `The currency of the item (${ofItem}) does not match the currency of the invoice (${ofInvoice}).`,
    { param },
  )
}

function mismatchOf({ currency }: PriceRecord, where: Where, param: string): StripeError {
  return currencyMismatch(currency, where.currency, named(where, param))
}

function named({ at }: Where, param: string): string {
  return paramAt(at, param)
}
