import { currencyExponent } from './money'

/** `shiftPoint("1250.5", 2)` → `"12.505"`: a plain decimal string divided by ten to the `places`. */
function shiftPoint(decimal: string, places: number): string {
  const negative = decimal.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.')
  const digits = whole.padStart(places + 1, '0')
  const point = digits.length - places
  const shifted = `${digits.slice(0, point)}.${digits.slice(point)}${fraction}`
  return `${negative ? '-' : ''}${shifted.replace(/\.$/, '')}`
}

/**
 * A price for one unit, unrounded: `formatUnitAmount("1250", "eur")` → `€12.50`, `("0.012", "eur")` → `€0.00012`.
 * `decimal` is Stripe's `unit_amount_decimal`: minor units, up to twelve decimals. No float is involved.
 */
export function formatUnitAmount(decimal: string, currency: string, locale = 'en-US'): string {
  const digits = currencyExponent(currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits + 12,
  })
  return format.format(shiftPoint(decimal, digits) as Intl.StringNumericLiteral)
}
