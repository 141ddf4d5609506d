import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import type { CurrencyOption, PriceRate } from '@/sandbox/resources/price-rate'
import type { Wire } from '@/sandbox/wire'

export type Price = Wire<Stripe.Price>

/** `adHoc` prices come with an item that names its amount itself; lists do not show them. */
export type PriceRecord = Price & { adHoc: boolean }

/** `tiers` and `currency_options` are absent unless asked for by `expand`. */
export function serializePrice(
  _ctx: Ctx,
  { adHoc: _, tiers: _t, currency_options: _o, ...price }: PriceRecord,
) {
  return price satisfies Price
}

/** What the price asks for in a currency, or undefined when it is not offered in it. */
export function rateIn(price: PriceRecord, currency: string): PriceRate | undefined {
  return price.currency === currency ? price : price.currency_options?.[currency]
}

export function tiersOf(ctx: Ctx, priceId: string) {
  return referred(ctx, 'prices', priceId).tiers
}

/** Every currency of the price, its own included; their tiers have to be asked for once more. */
export function currencyOptionsOf(ctx: Ctx, priceId: string): Record<string, CurrencyOption> {
  return Object.fromEntries(
    Object.entries(everyOption(ctx, priceId)).map(([currency, { tiers: _, ...option }]) => [
      currency,
      option,
    ]),
  )
}

/** The tiers in one of its currencies. */
export function tiersInCurrency(ctx: Ctx, priceId: string, currency: string) {
  return everyOption(ctx, priceId)[currency]?.tiers
}

function everyOption(ctx: Ctx, priceId: string): Record<string, CurrencyOption> {
  const price = referred(ctx, 'prices', priceId)
  const { custom_unit_amount, tax_behavior, tiers, unit_amount, unit_amount_decimal } = price
  const own = { custom_unit_amount, tax_behavior, tiers, unit_amount, unit_amount_decimal }
  return { [price.currency]: own, ...price.currency_options }
}
