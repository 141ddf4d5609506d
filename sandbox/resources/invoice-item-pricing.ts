import { byParam, type Ctx } from '@/sandbox/context'
import { maximumLine, smallestStep } from '@/sandbox/currencies'
import { normalizeDecimal, truncate } from '@/sandbox/decimal'
import { amount, metadata, period } from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import {
  bool,
  clearable,
  decimal,
  hash,
  integer,
  type Params,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import type { InvoiceItemRecord } from '@/sandbox/resources/invoice-item-record'
import { createAdHocPrice, type PriceRecord, unitPriceShape } from '@/sandbox/resources/price-record'
import {
  createAdHocProduct,
  createProduct,
  type ProductRecord,
  productDataShape,
} from '@/sandbox/resources/product-record'
import { lineAmount } from '@/sandbox/totals'

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
  discounts: unbuilt((value) => value === ''),
  tax_rates: unbuilt((value) => value === ''),
}

/** Lines may describe their product, items only name it. */
export const linePriceDataShape = {
  ...unitPriceShape,
  product: text(255),
  product_data: hash(productDataShape),
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
  'amount' | 'net_amount' | 'currency' | 'pricing' | 'quantity' | 'quantity_decimal'
>

/** The parameters' place in the request, for errors: `` for the request itself, else `lines[0]`. */
type Where = { currency: string | undefined; at: string }

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
  if (where.currency !== undefined && price.currency !== where.currency) {
    throw currencyMismatch(price.currency, where, input.pricing ? 'pricing[price]' : 'currency')
  }
  return { ...priced(price, quantityOf(input, where), where), label }
}

/** The same price for another quantity. */
export function repriceItem(item: InvoiceItemRecord, input: PriceInput, where: Where): Pricing {
  const quantity =
    input.quantity === undefined && input.quantity_decimal === undefined
      ? item.quantity_decimal
      : quantityOf(input, where)
  return {
    ...quantities(quantity, amountOf(item.pricing.unit_amount_decimal, quantity, where)),
    currency: item.currency,
    pricing: item.pricing,
  }
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
  const step = smallestStep(where.currency)
  if (units % step !== 0) {
    throw invalidRequest(`Amounts in ${where.currency} must be a multiple of ${step} in the smallest unit.`, {
      param: named(where, 'amount'),
    })
  }
  const price = adHoc(ctx, input, String(units), where.currency)
  return { ...priced(price, '1', where), label: null }
}

function priceOf(ctx: Ctx, input: PriceInput, where: Where): { price: PriceRecord; label: string | null } {
  if (input.pricing) {
    const id = input.pricing.price
    if (id === undefined) throw missingParameter(named(where, 'pricing[price]'))
    return catalogPrice(ctx, id, named(where, 'pricing[price]'))
  }
  if (input.price_data) return inlinePrice(ctx, input.price_data, where)
  if (where.currency === undefined) throw missingParameter(named(where, 'currency'))
  return { price: adHoc(ctx, input, input.unit_amount_decimal ?? '0', where.currency), label: null }
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

function priced(price: PriceRecord, quantity: string, where: Where): Pricing {
  const unitAmount = price.unit_amount_decimal ?? '0'
  return {
    ...quantities(quantity, amountOf(unitAmount, quantity, where)),
    currency: price.currency,
    pricing: {
      type: 'price_details',
      price_details: { price: price.id, product: price.product },
      unit_amount_decimal: unitAmount,
    },
  }
}

function quantities(quantity: string, units: number) {
  return { amount: units, net_amount: units, quantity: truncate(quantity), quantity_decimal: quantity }
}

function quantityOf(input: PriceInput, where: Where): string {
  if (input.quantity !== undefined && input.quantity_decimal !== undefined) {
    throw exclusiveParameters(named(where, 'quantity'), named(where, 'quantity_decimal'))
  }
  return normalizeDecimal(input.quantity_decimal ?? String(input.quantity ?? 1))
}

function amountOf(unitAmount: string, quantity: string, where: Where): number {
  const units = lineAmount(unitAmount, quantity)
  const size = units < 0n ? -units : units
  if (size > BigInt(maximumLine)) {
    throw invalidRequest(
      `The amount of a line can be at most ${maximumLine} in the smallest currency unit.`,
      {
        code: 'amount_too_large',
        param: named(where, 'quantity'),
      },
    )
  }
  return Number(units)
}

function currencyMismatch(currency: string, where: Where, param: string) {
  return invalidRequest(
    `The currency of the item (${currency}) does not match the currency of the invoice (${where.currency}).`,
    { param: named(where, param) },
  )
}

/** `amount` at `lines[0]` is `lines[0][amount]`. */
function named({ at }: Where, param: string): string {
  if (at === '') return param
  const [head = '', ...rest] = param.split('[')
  return `${at}[${head}]${rest.map((part) => `[${part}`).join('')}`
}
