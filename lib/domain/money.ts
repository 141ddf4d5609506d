const twoDecimal =
  'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop ' +
  'crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs ' +
  'khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen ' +
  'pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx ' +
  'uyu uzs wst xcd yer zar zmw'
const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'
const threeDecimal = 'bhd jod kwd omr tnd'

type Exponent = 0 | 2 | 3
const having = (exponent: Exponent, codes: string) =>
  codes.split(' ').map((code) => [code, exponent] as const)

/** Stripe's currencies and how many digits of minor units each has (Stripe: "Supported currencies"). */
const exponents: ReadonlyMap<string, Exponent> = new Map([
  ...having(2, twoDecimal),
  ...having(0, zeroDecimal),
  ...having(3, threeDecimal),
])

/** ISO codes, lower case, in alphabetical order. */
export const currencies: readonly string[] = [...exponents.keys()].sort()

/** Digits that Stripe wants to be zero at the end of an amount, although the currency writes them. */
const trailingZeros: ReadonlyMap<string, number> = new Map([
  ['isk', 2],
  ['ugx', 2],
  ...threeDecimal.split(' ').map((code) => [code, 1] as const),
])

/** Where eight digits of minor units would be too little money for an ordinary invoice, Stripe takes more. */
const largerAmounts: ReadonlyMap<string, bigint> = new Map([
  ['cop', 9_999_999_999n],
  ['huf', 9_999_999_999n],
  ['idr', 999_999_999_999n],
  ['inr', 999_999_999n],
  ['jpy', 9_999_999_999n],
  ['lbp', 999_999_999_999n],
])

/** The largest amount, in minor units, that Stripe charges in `currency`. */
export function largestAmountIn(currency: string): bigint {
  return largerAmounts.get(currency.toLowerCase()) ?? 99_999_999n
}

/** How many digits of minor units `currency` (ISO code, any case) has. */
export function currencyExponent(currency: string): Exponent {
  return exponents.get(currency.toLowerCase()) ?? 2
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
const grouped = /^([1-9]\d{0,2})([.,' \u00a0\u202f])(\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?$/

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
  if (minor > largestAmountIn(currency)) return problem('amount_too_large')
  const zeros = trailingZeros.get(currency.toLowerCase()) ?? 0
  if (minor % 10n ** BigInt(zeros) !== 0n) return problem('amount_ends_in_zero')
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
  const [, head, separator, groups = '', mark, fraction = ''] = grouped.exec(text) ?? []
  if (head === undefined || mark === separator) return 'amount_not_a_number'
  return { whole: head + groups.replace(/\D/g, ''), fraction }
}
