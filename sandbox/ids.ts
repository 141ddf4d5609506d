import { hash } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Up to 64 characters of base 62 that depend on nothing but `text`. */
export function base62(text: string, length: number): string {
  let out = ''
  for (const byte of hash('sha512', text, 'buffer').subarray(0, length))
    out += alphabet[byte % alphabet.length]
  return out
}

/** Customers, products and plans have 14 characters after the prefix, everything else 24 beginning with 1. */
const short = new Set(['cus', 'plan', 'prod'])

/**
 * The `n`-th id of a sandbox. Seeded, so that a seeded sandbox gives the same ids on every run and screenshots stay
 * stable; `n` never repeats within one data directory.
 */
export function makeId(seed: string, prefix: string, n: number): string {
  const text = `${seed}:${prefix}:${n}`
  return short.has(prefix) ? `${prefix}_${base62(text, 14)}` : `${prefix}_1${base62(text, 23)}`
}
