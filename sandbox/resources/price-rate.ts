import type Stripe from 'stripe'
import { minimumCharge } from '@/sandbox/currencies'
import { asInteger, normalizeDecimal } from '@/sandbox/decimal'
import { checkStep, nonNegativeAmount, perCurrency, taxBehavior } from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { bool, decimal, hash, integer, list, type Params, type Rule, required } from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

type Tier = Wire<Stripe.Price.Tier>
export type CurrencyOption = Wire<Stripe.Price.CurrencyOptions>

/** What a price asks for in one currency: an amount per unit, one of the customer's choice, or tiers. */
export type PriceRate = Omit<CurrencyOption, 'tax_behavior'>

const upTo: Rule<number | 'inf'> = {
  read: (value, at, reading) => (value === 'inf' ? 'inf' : integer({ min: 1 }).read(value, at, reading)),
}

/** The two forms of an amount per unit. */
export const unitAmountShape = {
  unit_amount: nonNegativeAmount,
  unit_amount_decimal: decimal({ places: 12 }),
}

const tierShape = {
  ...unitAmountShape,
  flat_amount: nonNegativeAmount,
  flat_amount_decimal: decimal({ places: 12 }),
  up_to: required(upTo),
}

const customAmountShape = {
  enabled: required(bool),
  maximum: nonNegativeAmount,
  minimum: nonNegativeAmount,
  preset: nonNegativeAmount,
}

export const tiers = list(hash(tierShape), 100)
export const customUnitAmount = hash(customAmountShape)
const currencyOptionShape = {
  ...unitAmountShape,
  custom_unit_amount: customUnitAmount,
  tax_behavior: taxBehavior,
  tiers,
}
export const currencyOptions = perCurrency(hash(currencyOptionShape))

type CurrencyOptionInput = Params<typeof currencyOptionShape>
export type RateInput = Omit<CurrencyOptionInput, 'tax_behavior'>

/**
 * The rate that the parameters under `at` describe.
 * @throws StripeError unless they name exactly one kind of amount, and a possible one
 */
export function rateFrom(input: RateInput, currency: string, at: string): PriceRate {
  const custom = input.custom_unit_amount?.enabled ? input.custom_unit_amount : undefined
  const named = { ...input, custom_unit_amount: custom }
  const kinds = (['unit_amount', 'unit_amount_decimal', 'custom_unit_amount', 'tiers'] as const).filter(
    (kind) => named[kind] !== undefined,
  )
  const [first, second] = kinds
  if (first === undefined) throw missingParameter(within(at, 'unit_amount'))
  if (second !== undefined) throw exclusiveParameters(within(at, first), within(at, second))
  const none = { custom_unit_amount: null, unit_amount: null, unit_amount_decimal: null }
  if (input.tiers) return { ...none, tiers: tiersFrom(input.tiers, currency, within(at, 'tiers')) }
  if (custom) {
    return { ...none, custom_unit_amount: customFrom(custom, currency, within(at, 'custom_unit_amount')) }
  }
  return { ...none, ...unitFrom(input, currency, at) }
}

/**
 * What the price asks for in its other currencies, in the same way as in its own.
 * @throws StripeError for its own currency, for another kind of amount and for other steps of its tiers
 */
export function optionsFrom(
  inputs: Record<string, CurrencyOptionInput>,
  own: PriceRate & { currency: string },
  current: Record<string, CurrencyOption> = {},
): Record<string, CurrencyOption> {
  const entries = Object.entries(inputs).map(([currency, input]): [string, CurrencyOption] => {
    const at = `currency_options[${currency}]`
    if (currency === own.currency) {
      throw invalidRequest(`The price is in ${currency} already; it cannot be an option too.`, { param: at })
    }
    const known = current[currency]
    const isOnlyTax = known !== undefined && Object.keys(input).every((key) => key === 'tax_behavior')
    const rate = isOnlyTax ? known : rateFrom(input, currency, at)
    checkSameKind(own, rate, at)
    const behavior = changedBehavior(known?.tax_behavior ?? null, input.tax_behavior, at)
    return [currency, { ...rate, tax_behavior: behavior }]
  })
  return { ...current, ...Object.fromEntries(entries) }
}

/** Once a tax behavior says something it stays. @throws StripeError */
export function changedBehavior<T extends string>(
  current: T | null,
  wanted: T | undefined,
  at = '',
): T | 'unspecified' {
  const frozen = current !== null && current !== 'unspecified'
  if (frozen && wanted !== undefined && wanted !== current) {
    throw invalidRequest('You cannot change the tax behavior of a price once it is specified.', {
      param: within(at, 'tax_behavior'),
    })
  }
  return wanted ?? current ?? 'unspecified'
}

function checkSameKind(own: PriceRate, option: PriceRate, at: string): void {
  const kindOf = (rate: PriceRate) =>
    rate.tiers ? 'tiers' : rate.custom_unit_amount ? 'custom_unit_amount' : 'unit_amount'
  if (kindOf(own) !== kindOf(option)) {
    throw invalidRequest(`An option of this price needs ${kindOf(own)}, as the price has it.`, { param: at })
  }
  const steps = (rate: PriceRate) => rate.tiers?.map(({ up_to }) => up_to).join()
  if (steps(own) !== steps(option)) {
    throw invalidRequest('The tiers of an option must have the same `up_to` as those of the price.', {
      param: within(at, 'tiers'),
    })
  }
}

/** @throws StripeError for no amount, for both forms of it, and for one the currency cannot count */
export function unitFrom(input: Params<typeof unitAmountShape>, currency: string, at: string) {
  const exact = exactAmount(input, 'unit_amount', currency, at)
  if (exact === null) throw missingParameter(within(at, 'unit_amount'))
  return { unit_amount: asInteger(exact), unit_amount_decimal: exact }
}

function tiersFrom(inputs: Params<typeof tierShape>[], currency: string, at: string): Tier[] {
  if (inputs.at(-1)?.up_to !== 'inf') {
    throw invalidRequest('The last tier must have `up_to` set to `inf`.', { param: at })
  }
  let below = 0
  return inputs.map((input, index) => {
    const param = `${at}[${index}]`
    const isLast = index === inputs.length - 1
    if (!isLast && (input.up_to === 'inf' || input.up_to <= below)) {
      throw invalidRequest('Each tier must reach further than the one before it; only the last is open.', {
        param: `${param}[up_to]`,
      })
    }
    const up_to = input.up_to === 'inf' ? null : input.up_to
    below = up_to ?? below
    return { ...tierAmounts(input, currency, param), up_to }
  })
}

function tierAmounts(input: Params<typeof tierShape>, currency: string, at: string) {
  const unit = exactAmount(input, 'unit_amount', currency, at)
  const flat = exactAmount(input, 'flat_amount', currency, at)
  if (unit === null && flat === null) throw missingParameter(within(at, 'unit_amount'))
  if (flat !== null && asInteger(flat) === null) {
    throw invalidRequest('Flat amounts must be whole numbers of the smallest unit.', {
      param: within(at, 'flat_amount_decimal'),
    })
  }
  return {
    flat_amount: flat === null ? null : asInteger(flat),
    flat_amount_decimal: flat,
    unit_amount: unit === null ? null : asInteger(unit),
    unit_amount_decimal: unit,
  }
}

type AmountInput = { [Key in keyof typeof tierShape]?: Params<typeof tierShape>[Key] }

/** One amount given in one of its two forms, as decimal text; null when it is not given. */
function exactAmount(
  input: AmountInput,
  name: 'unit_amount' | 'flat_amount',
  currency: string,
  at: string,
): string | null {
  const [whole, exact] = [input[name], input[`${name}_decimal`]]
  if (whole !== undefined && exact !== undefined) {
    throw exclusiveParameters(within(at, name), within(at, `${name}_decimal`))
  }
  if (whole !== undefined) checkStep(whole, currency, within(at, name))
  if (whole !== undefined) return String(whole)
  return exact === undefined ? null : normalizeDecimal(exact)
}

function customFrom(input: Params<typeof customAmountShape>, currency: string, at: string) {
  const { maximum = null, minimum = null, preset = null } = input
  const least = minimum ?? minimumCharge(currency)
  const fits = (amount: number | null) =>
    amount === null || (amount >= least && amount <= (maximum ?? amount))
  if (least < minimumCharge(currency)) {
    throw invalidRequest('The minimum must be at least the smallest amount that can be charged.', {
      param: within(at, 'minimum'),
    })
  }
  if (!fits(maximum)) {
    throw invalidRequest('The maximum must not be below the minimum.', { param: within(at, 'maximum') })
  }
  if (!fits(preset)) {
    throw invalidRequest('The preset must lie between minimum and maximum.', { param: within(at, 'preset') })
  }
  return { maximum, minimum, preset }
}

function within(at: string, param: string): string {
  return at === '' ? param : `${at}[${param}]`
}
