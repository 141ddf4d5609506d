import { divideHalfUp } from '@/sandbox/decimal'

/** An exact number: `top / bottom`, the bottom positive. */
export type Fraction = { top: bigint; bottom: bigint }

export const zero: Fraction = { top: 0n, bottom: 1n }

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.bottom === b.bottom) return { top: a.top + b.top, bottom: a.bottom }
  const shared = greatestCommonDivisor(a.bottom, b.bottom)
  return {
    top: a.top * (b.bottom / shared) + b.top * (a.bottom / shared),
    bottom: a.bottom * (b.bottom / shared),
  }
}

/** To the nearest integer, halves away from zero. */
export function round({ top, bottom }: Fraction): bigint {
  return divideHalfUp(top, bottom)
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}
