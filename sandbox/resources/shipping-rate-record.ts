import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import {
  checkStep,
  currency,
  mergeMetadata,
  metadata,
  nonNegativeAmount,
  perCurrency,
  taxBehavior,
  taxCode,
} from '@/sandbox/http/common-params'
import { invalidRequest } from '@/sandbox/http/errors'
import { hash, integer, oneOf, type Params, required, text } from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

type ShippingRate = Wire<Stripe.ShippingRate>
type Option = { amount: number; tax_behavior: 'exclusive' | 'inclusive' | 'unspecified' }

export type ShippingRateRecord = Omit<ShippingRate, 'fixed_amount'> & {
  fixed_amount: { amount: number; currency: string }
  /** Amounts in further currencies. */
  options: Record<string, Option>
}

/** `fixed_amount.currency_options` is absent unless asked for by `expand`. */
export function serializeShippingRate(_ctx: Ctx, { options: _, ...rate }: ShippingRateRecord) {
  return rate satisfies ShippingRate
}

/** What `expand` adds to the amount: its own currency comes first. */
export function shippingOptionsOf(ctx: Ctx, id: string) {
  const { fixed_amount: own, options, tax_behavior: behavior } = referred(ctx, 'shippingRates', id)
  return { [own.currency]: { amount: own.amount, tax_behavior: behavior ?? 'unspecified' }, ...options }
}

/** What shipping costs in a currency, in minor units; undefined where the rate has none in it. */
export function shippingAmountIn(rate: ShippingRateRecord, currency: string): number | undefined {
  const { fixed_amount: own, options } = rate
  return own.currency === currency ? own.amount : options[currency]?.amount
}

/** The same of a rate that an invoice has, which was checked when it got it. */
export function shippingAmount(ctx: Ctx, id: string, currency: string): number {
  const amount = shippingAmountIn(referred(ctx, 'shippingRates', id), currency)
  if (amount === undefined) throw new Error(`The shipping rate ${id} has no amount in ${currency}`)
  return amount
}

const duration = hash({
  unit: required(oneOf('business_day', 'day', 'hour', 'month', 'week')),
  value: required(integer({ min: 1, max: 10_000 })),
})

/** What a rate is made of, as one of the catalog or right on an invoice. */
export const shippingRateShape = {
  delivery_estimate: hash({ maximum: duration, minimum: duration }),
  display_name: required(text(100)),
  fixed_amount: required(
    hash({
      amount: required(nonNegativeAmount),
      currency: required(currency),
      currency_options: perCurrency(hash({ amount: required(nonNegativeAmount), tax_behavior: taxBehavior })),
    }),
  ),
  metadata,
  tax_behavior: taxBehavior,
  tax_code: taxCode,
  type: oneOf('fixed_amount'),
}

/** Writes a rate. @param at where its parameters are: `` or `shipping_cost[shipping_rate_data]` */
export function createShippingRate(
  ctx: Ctx,
  params: Params<typeof shippingRateShape>,
  at = '',
): ShippingRateRecord {
  const { currency_options: options = {}, ...fixed } = params.fixed_amount
  const param = at === '' ? 'fixed_amount' : `${at}[fixed_amount]`
  checkStep(fixed.amount, fixed.currency, `${param}[amount]`)
  const { maximum = null, minimum = null } = params.delivery_estimate ?? {}
  const rate: ShippingRateRecord = {
    id: ctx.newId('shr'),
    object: 'shipping_rate',
    active: true,
    created: ctx.now,
    delivery_estimate: params.delivery_estimate ? { maximum, minimum } : null,
    display_name: params.display_name,
    fixed_amount: fixed,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    options: checkedOptions(fixed.currency, options, {}, param),
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tax_code: params.tax_code ?? null,
    type: 'fixed_amount',
  }
  ctx.store.put('shippingRates', rate)
  return rate
}

type OptionChange = { amount?: number; tax_behavior?: Option['tax_behavior'] }

/** The amounts in further currencies, `current` ones changed by what the parameters say. */
export function checkedOptions(
  own: string,
  changes: Record<string, OptionChange>,
  current: ShippingRateRecord['options'],
  at: string,
): ShippingRateRecord['options'] {
  const changed = Object.entries(changes).map(([code, change]): [string, Option] => {
    const param = `${at}[currency_options][${code}]`
    const amount = change.amount ?? current[code]?.amount
    if (code === own) throw invalidRequest(`${code} is the currency of the rate itself.`, { param })
    if (amount === undefined) throw invalidRequest('A new currency needs an amount.', { param })
    checkStep(amount, code, `${param}[amount]`)
    const behavior = change.tax_behavior ?? current[code]?.tax_behavior ?? 'unspecified'
    return [code, { amount, tax_behavior: behavior }]
  })
  return { ...current, ...Object.fromEntries(changed) }
}
