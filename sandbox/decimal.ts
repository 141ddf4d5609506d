/** Decimal numbers as text, worked on as big integers: `coefficient × 10^-scale`. */
export type Decimal = { coefficient: bigint; scale: number }

/** @param text an optional minus, digits, and optionally a point with digits */
export function parseDecimal(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.')
  return { coefficient: BigInt(whole + fraction), scale: fraction.length }
}

const zero: Decimal = { coefficient: 0n, scale: 0 }

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale }
}

export function sumOf(terms: readonly Decimal[]): Decimal {
  return terms.reduce((total, term) => {
    const [left, right, scale] = aligned(total, term)
    return { coefficient: left + right, scale }
  }, zero)
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b)
  return { coefficient: left - right, scale }
}

export function isAbove(a: Decimal, b: Decimal): boolean {
  const [left, right] = aligned(a, b)
  return left > right
}

/** To the nearest integer, halves away from zero. */
export function roundHalfUp({ coefficient, scale }: Decimal): bigint {
  return divideHalfUp(coefficient, 10n ** BigInt(scale))
}

/** Both coefficients at the scale of the finer one. */
function aligned(a: Decimal, b: Decimal): [left: bigint, right: bigint, scale: number] {
  const scale = Math.max(a.scale, b.scale)
  const at = (value: Decimal) => value.coefficient * 10n ** BigInt(scale - value.scale)
  return [at(a), at(b), scale]
}

/** `2000.00` becomes `2000`, `-0` becomes `0`. */
export function normalizeDecimal(text: string): string {
  const { coefficient, scale } = parseDecimal(text)
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${coefficient < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** The number itself when the decimal is a whole one, else null: what `unit_amount` is to `unit_amount_decimal`. */
export function asInteger(text: string): number | null {
  const normal = normalizeDecimal(text)
  return normal.includes('.') ? null : Number(normal)
}

/** Whole part of a decimal, as `quantity` is to `quantity_decimal`. */
export function truncate(text: string): number {
  const { coefficient, scale } = parseDecimal(text)
  return Number(coefficient / 10n ** BigInt(scale))
}

/** `numerator / denominator` to the nearest integer, halves away from zero. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const [top, bottom] = [abs(numerator), abs(denominator)]
  const rounded = (2n * top + bottom) / (2n * bottom)
  return negative ? -rounded : rounded
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
