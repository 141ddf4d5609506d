import { divideHalfUp } from '@/sandbox/decimal'

/**
 * Shares out an amount in proportion to `weights`, each share rounded half up and the last one taking what rounding
 * leaves. No share exceeds its weight: what the last cannot take goes back to those before it.
 * @param weights what each may take at most; none negative
 * @param amount at most their sum
 * @returns one share per weight; their sum is the amount exactly
 */
export function spread(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n)
  let left = amount
  const shares = weights.map((weight) => {
    const share = whole === 0n ? 0n : smaller(divideHalfUp(amount * weight, whole), smaller(weight, left))
    left -= share
    return share
  })
  for (let at = weights.length - 1; at >= 0 && left !== 0n; at--) {
    const more = smaller((weights[at] ?? 0n) - (shares[at] ?? 0n), left)
    shares[at] = (shares[at] ?? 0n) + more
    left -= more
  }
  return shares
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
