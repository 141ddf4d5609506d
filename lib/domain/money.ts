/** Currencies whose amounts have no minor unit, and those with three digits of it (Stripe: "Supported currencies"). */
const exponents: Record<string, 0 | 3> = {
  bif: 0,
  clp: 0,
  djf: 0,
  gnf: 0,
  jpy: 0,
  kmf: 0,
  krw: 0,
  mga: 0,
  pyg: 0,
  rwf: 0,
  vnd: 0,
  vuv: 0,
  xaf: 0,
  xof: 0,
  xpf: 0,
  bhd: 3,
  jod: 3,
  kwd: 3,
  omr: 3,
  tnd: 3,
}

/** Digits that Stripe wants to be zero at the end of an amount, although the currency writes them. */
const trailingZeros: Record<string, 1 | 2> = { isk: 2, ugx: 2, bhd: 1, jod: 1, kwd: 1, omr: 1, tnd: 1 }

/** The largest amount Stripe charges in most currencies: eight digits of minor units. */
export const largestAmount = 99_999_999n

/** How many digits of minor units `currency` (ISO code, any case) has. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  return exponents[currency.toLowerCase()] ?? 2
}

/** A database amount as JSON carries it. Throws beyond what a number holds exactly, which no Stripe amount reaches. */
export function toMinorUnits(amount: bigint): number {
  const value = Number(amount)
  if (!Number.isSafeInteger(value)) throw new RangeError('amount is too large to be carried exactly')
  return value
}

/** `123450` in usd → `"1234.50"`: integer minor units as a plain decimal string. */
export function toDecimalString(minor: bigint | number, currency: string): string {
  const exponent = currencyExponent(currency)
  const amount = BigInt(minor)
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const sign = amount < 0n ? '-' : ''
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`
}

/** Integer minor units for people: `formatMoney(123450, 'eur')` → `€1,234.50`. Formats a string: no float is involved. */
export function formatMoney(minor: bigint | number, currency: string, locale = 'en-US'): string {
  const digits = currencyExponent(currency)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(toDecimalString(minor, currency) as Intl.StringNumericLiteral)
}

export type AmountProblem =
  | 'amount_missing'
  | 'amount_not_a_number'
  | 'amount_ambiguous'
  | 'amount_too_precise'
  | 'amount_ends_in_zero'
  | 'amount_negative'
  | 'amount_too_large'

type AmountParsed = { ok: true; value: bigint } | { ok: false; problem: AmountProblem }
const problem = (code: AmountProblem): AmountParsed => ({ ok: false, problem: code })

const plain = /^(\d+)(?:([.,])(\d*))?$/
const grouped = /^(\d{1,3})((?:[.,' \u00a0\u202f]\d{3})+)(?:([.,])(\d+))?$/

/**
 * Reads an amount that a person typed, into minor units of `currency`, without floats.
 *
 * The one rule: where point and comma both occur, the last one is the decimal mark and the other groups thousands
 * (`1,234.56` and `1.234,56`). Where a single point or comma stands before exactly three digits, both readings are
 * possible and a thousandfold apart, so it is refused as ambiguous. Spaces and apostrophes group thousands.
 */
export function parseAmount(
  text: string,
  currency: string,
  allow: { negative?: boolean } = {},
): AmountParsed {
  const trimmed = text.trim()
  if (trimmed === '') return problem('amount_missing')
  const negative = trimmed.startsWith('-')
  const read = splitDigits(negative ? trimmed.slice(1) : trimmed)
  if (typeof read === 'string') return problem(read)
  const exponent = currencyExponent(currency)
  if (read.fraction.length > exponent) return problem('amount_too_precise')
  const minor = BigInt(read.whole + read.fraction.padEnd(exponent, '0'))
  if (negative && minor === 0n) return problem('amount_not_a_number')
  if (negative && !allow.negative) return problem('amount_negative')
  if (minor > largestAmount) return problem('amount_too_large')
  const zeros = trailingZeros[currency.toLowerCase()]
  if (zeros && minor % 10n ** BigInt(zeros) !== 0n) return problem('amount_ends_in_zero')
  return { ok: true, value: negative ? -minor : minor }
}

function splitDigits(text: string): { whole: string; fraction: string } | AmountProblem {
  const simple = plain.exec(text)
  if (simple) {
    const [, whole = '', mark, fraction = ''] = simple
    if (mark && fraction === '') return 'amount_not_a_number'
    if (mark && fraction.length === 3 && whole.length <= 3 && !whole.startsWith('0'))
      return 'amount_ambiguous'
    return { whole, fraction }
  }
  const groups = grouped.exec(text)
  if (!groups) return 'amount_not_a_number'
  const [, head = '', rest = '', mark, fraction = ''] = groups
  const separators = new Set(rest.replace(/\d/g, ''))
  if (separators.size > 1 || (mark && separators.has(mark))) return 'amount_not_a_number'
  return { whole: head + rest.replace(/\D/g, ''), fraction }
}
