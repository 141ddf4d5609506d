import type { Ctx } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import { currency, mergeMetadata, metadata, taxBehavior } from '@/sandbox/http/common-params'
import { invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { hash, integer, oneOf, type Params, required, unbuilt } from '@/sandbox/http/params'
import { isRecurring, serializePlan } from '@/sandbox/resources/plan-record'
import {
  currencyOptions,
  customUnitAmount,
  optionsFrom,
  type PriceRate,
  type RateInput,
  rateFrom,
  unitAmountShape,
  unitFrom,
} from '@/sandbox/resources/price-rate'
import { type Price, type PriceRecord, serializePrice } from '@/sandbox/resources/price-record'

export const interval = oneOf('day', 'week', 'month', 'year')

/** How often a recurring price asks; metered ones need a meter, which belongs to subscriptions. */
export const rhythmShape = {
  interval_count: integer({ min: 1, max: 1095 }),
  meter: unbuilt(),
  trial_period_days: integer({ min: 0, max: 730 }),
  usage_type: oneOf('licensed'),
}

const longestInterval = { day: 1095, week: 156, month: 36, year: 3 }

/** What a price that comes with an item and one of the catalog have in common. */
export const unitPriceShape = { ...unitAmountShape, currency: required(currency), tax_behavior: taxBehavior }

/** The default price that a product brings along. */
export const defaultPriceShape = {
  ...unitPriceShape,
  currency_options: currencyOptions,
  custom_unit_amount: customUnitAmount,
  metadata,
  recurring: hash({ interval: required(interval), interval_count: rhythmShape.interval_count }),
}

export const transformShape = {
  divide_by: required(integer({ min: 1, max: 1_000_000_000 })),
  round: required(oneOf('down', 'up')),
}

type PriceInput = Params<typeof defaultPriceShape> &
  RateInput & {
    active?: boolean
    billing_scheme?: 'per_unit' | 'tiered'
    id?: string
    lookup_key?: string
    nickname?: string
    recurring?: { trial_period_days?: number }
    tiers_mode?: 'graduated' | 'volume'
    transfer_lookup_key?: boolean
    transform_quantity?: Params<typeof transformShape>
  }

/**
 * Writes a catalog price and its `price.created`; a recurring one is announced as a plan too.
 * @param at the parameters' place in the request, for refusals
 * @throws StripeError for contradictory parameters and a lookup key or id that is taken
 */
export function createPrice(ctx: Ctx, product: string, input: PriceInput, at = ''): PriceRecord {
  const { currency_options: options, lookup_key: key } = input
  const rate = rateFrom(input, input.currency, at)
  checkScheme(input, rate, at)
  if (key !== undefined) freeLookupKey(ctx, key, input.transfer_lookup_key ?? false)
  const price: PriceRecord = {
    ...newPrice(ctx, product, input, rate),
    ...(input.id === undefined ? {} : { id: input.id }),
    active: input.active ?? true,
    billing_scheme: rate.tiers ? 'tiered' : 'per_unit',
    ...(options && { currency_options: optionsFrom(options, { ...rate, currency: input.currency }) }),
    lookup_key: key ?? null,
    metadata: mergeMetadata({}, input.metadata),
    nickname: input.nickname ?? null,
    recurring: rhythmFrom(input.recurring, at),
    tiers_mode: input.tiers_mode ?? null,
    transform_quantity: input.transform_quantity ?? null,
    type: input.recurring ? 'recurring' : 'one_time',
  }
  ctx.store.put('prices', price)
  if (isRecurring(price)) emit(ctx, 'plan.created', serializePlan(ctx, price))
  emit(ctx, 'price.created', serializePrice(ctx, price))
  return price
}

/** The price behind an item that names its amount itself: never usable again, and no event tells of it. */
export function createAdHocPrice(
  ctx: Ctx,
  product: string,
  input: Params<typeof unitPriceShape>,
  at = '',
): PriceRecord {
  const rate = { custom_unit_amount: null, ...unitFrom(input, input.currency, at) }
  const price: PriceRecord = { ...newPrice(ctx, product, input, rate), active: false, adHoc: true }
  ctx.store.put('prices', price)
  return price
}

function newPrice(
  ctx: Ctx,
  product: string,
  input: Pick<Params<typeof unitPriceShape>, 'currency' | 'tax_behavior'>,
  rate: PriceRate,
): PriceRecord {
  return {
    id: ctx.newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: ctx.now,
    currency: input.currency,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: null,
    tax_behavior: input.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    adHoc: false,
    ...rate,
  }
}

/** Tiers go with their scheme and mode, packages with units, and the customer's choice with neither nor rhythm. */
function checkScheme(input: PriceInput, { tiers, custom_unit_amount: custom }: PriceRate, at: string): void {
  const refuse = (message: string, param: string) =>
    invalidRequest(message, { param: at === '' ? param : `${at}[${param}]` })
  if (input.billing_scheme === 'tiered' && !tiers) throw missingParameter('tiers')
  if (tiers && input.billing_scheme !== 'tiered') {
    throw refuse('`tiers` can only be set when `billing_scheme` is `tiered`.', 'tiers')
  }
  if (tiers && input.tiers_mode === undefined) throw missingParameter('tiers_mode')
  if (!tiers && input.tiers_mode !== undefined) {
    throw refuse('`tiers_mode` can only be set when `billing_scheme` is `tiered`.', 'tiers_mode')
  }
  if (tiers && input.transform_quantity) {
    throw refuse('`transform_quantity` cannot be combined with `tiers`.', 'transform_quantity')
  }
  if (custom && (input.recurring ?? input.transform_quantity)) {
    throw refuse('`custom_unit_amount` is for one-time prices per unit only.', 'custom_unit_amount')
  }
}

function rhythmFrom(input: PriceInput['recurring'], at: string): Price['recurring'] {
  if (!input) return null
  const { interval: unit, interval_count: count = 1, trial_period_days: trial = null } = input
  if (count > longestInterval[unit]) {
    throw invalidRequest('The interval of a price can be at most three years.', {
      param: at === '' ? 'recurring[interval_count]' : `${at}[recurring][interval_count]`,
    })
  }
  return {
    interval: unit,
    interval_count: count,
    meter: null,
    trial_period_days: trial,
    usage_type: 'licensed',
  }
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

/**
 * Writes the changed price and tells of it, as plan and as price, when something visible changed.
 * @throws StripeError when the default price of a product would be archived
 */
export function changePrice(ctx: Ctx, price: PriceRecord, change: Partial<Price>): PriceRecord {
  const whole = { ...price, ...change }
  // Who makes it usable has an ordinary price.
  const changed = { ...whole, adHoc: whole.adHoc && !whole.active }
  if (price.active && !changed.active) checkIsNoDefault(ctx, price, 'archived')
  if (isRecurring(price) && isRecurring(changed)) {
    emitUpdate(ctx, 'plan.updated', serializePlan(ctx, price), serializePlan(ctx, changed))
  }
  emitUpdate(ctx, 'price.updated', serializePrice(ctx, price), serializePrice(ctx, changed))
  ctx.store.put('prices', changed)
  return changed
}

/** @throws StripeError when the product offers it as its default */
export function checkIsNoDefault(ctx: Ctx, price: PriceRecord, fate: 'archived' | 'deleted' | 'moved'): void {
  if (ctx.store.get('products', price.product)?.default_price === price.id) {
    throw invalidRequest(`This price cannot be ${fate} because it is the default price of its product.`)
  }
}
