import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { smallestStep } from '@/sandbox/currencies'
import { asInteger, normalizeDecimal } from '@/sandbox/decimal'
import { emit, emitUpdate } from '@/sandbox/events'
import {
  currency,
  mergeMetadata,
  metadata,
  nonNegativeAmount,
  taxBehavior,
} from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { decimal, hash, integer, oneOf, type Params, required, unbuilt } from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

type Price = Wire<Stripe.Price>

/** `adHoc` prices come with an item that names its amount itself; lists do not show them. */
export type PriceRecord = Price & { adHoc: boolean }

/** `tiers` and `currency_options` are absent unless asked for by `expand`. */
export function serializePrice(_ctx: Ctx, { adHoc: _, ...price }: PriceRecord) {
  return price satisfies Price
}

const recurring = hash({
  interval: required(oneOf('day', 'week', 'month', 'year')),
  interval_count: integer({ min: 1, max: 1095 }),
  trial_period_days: integer({ min: 0 }),
  usage_type: oneOf('licensed'),
  meter: unbuilt(),
})

const longestInterval = { day: 1095, week: 156, month: 36, year: 3 }

/** How much a unit costs: what `default_price_data`, `price_data` and a price itself have in common. */
export const unitPriceShape = {
  currency: required(currency),
  unit_amount: nonNegativeAmount,
  unit_amount_decimal: decimal({ places: 12 }),
  tax_behavior: taxBehavior,
}

export const defaultPriceShape = {
  ...unitPriceShape,
  metadata,
  recurring,
  currency_options: unbuilt(),
  custom_unit_amount: unbuilt(),
}

type PriceParams = Params<typeof defaultPriceShape> & {
  active?: boolean
  lookup_key?: string
  nickname?: string
  transfer_lookup_key?: boolean
}

/** Writes a catalog price and its `price.created`. */
export function createPrice(ctx: Ctx, product: string, params: PriceParams): PriceRecord {
  const { recurring: rhythm, lookup_key: key } = params
  if (rhythm && (rhythm.interval_count ?? 1) > longestInterval[rhythm.interval]) {
    throw invalidRequest('The interval of a price can be at most three years.', {
      param: 'recurring[interval_count]',
    })
  }
  if (key !== undefined) freeLookupKey(ctx, key, params.transfer_lookup_key ?? false)
  const price: PriceRecord = {
    ...newPrice(ctx, product, params),
    active: params.active ?? true,
    lookup_key: key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    recurring: rhythm
      ? {
          interval: rhythm.interval,
          interval_count: rhythm.interval_count ?? 1,
          meter: null,
          trial_period_days: rhythm.trial_period_days ?? null,
          usage_type: 'licensed',
        }
      : null,
    type: rhythm ? 'recurring' : 'one_time',
  }
  ctx.store.put('prices', price)
  emit(ctx, 'price.created', serializePrice(ctx, price))
  return price
}

/** The price behind an item that names its amount itself: never usable again, and no event tells of it. */
export function createAdHocPrice(
  ctx: Ctx,
  product: string,
  params: Params<typeof unitPriceShape>,
): PriceRecord {
  const price: PriceRecord = { ...newPrice(ctx, product, params), active: false, adHoc: true }
  ctx.store.put('prices', price)
  return price
}

function newPrice(ctx: Ctx, product: string, params: Params<typeof unitPriceShape>): PriceRecord {
  const unitAmount = unitAmountOf(params)
  return {
    id: ctx.newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: ctx.now,
    currency: params.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: null,
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: asInteger(unitAmount),
    unit_amount_decimal: unitAmount,
    adHoc: false,
  }
}

/** The unit amount as a decimal string. @throws StripeError unless exactly one of the two forms is given */
function unitAmountOf(params: Params<typeof unitPriceShape>): string {
  const { unit_amount: whole, unit_amount_decimal: exact } = params
  if (whole !== undefined && exact !== undefined)
    throw exclusiveParameters('unit_amount', 'unit_amount_decimal')
  if (whole === undefined && exact === undefined) throw missingParameter('unit_amount')
  if (whole !== undefined && whole % smallestStep(params.currency) !== 0) {
    throw invalidRequest(
      `Amounts in ${params.currency} must be a multiple of ${smallestStep(params.currency)} in the smallest unit.`,
      { param: 'unit_amount' },
    )
  }
  return exact === undefined ? String(whole) : normalizeDecimal(exact)
}

/** Makes sure that no other price holds the key. @throws StripeError unless the holder may lose it */
export function freeLookupKey(ctx: Ctx, key: string, transfer: boolean): void {
  for (const holder of ctx.store.table('prices').by('lookup_key', key)) {
    if (!transfer) {
      throw invalidRequest(
        `A price (\`${holder.id}\`) already uses that lookup key. Use transfer_lookup_key=true to move it.`,
        { param: 'lookup_key' },
      )
    }
    changePrice(ctx, holder, { lookup_key: null })
  }
}

export function changePrice(ctx: Ctx, price: PriceRecord, change: Partial<Price>): PriceRecord {
  const changed = { ...price, ...change }
  emitUpdate(ctx, 'price.updated', serializePrice(ctx, price), serializePrice(ctx, changed))
  ctx.store.put('prices', changed)
  return changed
}
