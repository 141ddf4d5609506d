import { createHash } from 'node:crypto'

/** The number on a payment's receipt, eight digits that follow from its charge: `2277-9887`. */
export function receiptNumber(chargeId: string): string {
  const hash = BigInt(`0x${createHash('sha256').update(chargeId).digest('hex')}`)
  return String(hash % 100_000_000n)
    .padStart(8, '0')
    .replace(/^.{4}/, '$&-')
}
