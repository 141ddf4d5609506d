import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** A secret that signs entries, and the name by which entries tell which one it was. */
export type ChainKey = { id: string; key: Buffer }

/** The `mac` before the first entry's. */
export const origin = ''

/** A key of its own, so that an entry tells nothing about what else the secret signs. */
export function chainKeyOf(secret: string): ChainKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'audit-chain', 32))
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key }
}

/** Binds an entry to everything before it, hex. */
export function macOf({ key }: ChainKey, before: string, text: string): string {
  return createHmac('sha256', key).update(`${before}\n${text}`).digest('hex')
}
