import { exponentOf } from '@/sandbox/currencies'

const formatters = new Map<string, Intl.NumberFormat>()

/**
 * Writes an amount for people, without passing through a float.
 *
 * @param minor minor units: an integer, or decimal text such as a unit price of `"0.055"` cents
 */
export function formatMoney(minor: number | string, currency: string): string {
  return formatterOf(currency).format(shiftPoint(String(minor), exponentOf(currency)))
}

function formatterOf(currency: string): Intl.NumberFormat {
  const known = formatters.get(currency)
  if (known) return known
  const exponent = exponentOf(currency)
  const made = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
    // A unit price has up to 12 decimals of its own.
    maximumFractionDigits: exponent + 12,
  })
  formatters.set(currency, made)
  return made
}

/** `shiftPoint('-5.5', 2)` is `-0.055`. */
function shiftPoint(decimal: string, places: number): `${number}` {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const digits = whole.padStart(places + 1, '0')
  const split = digits.length - places
  return `${sign}${digits.slice(0, split)}.${digits.slice(split)}${fraction}0` as `${number}`
}
