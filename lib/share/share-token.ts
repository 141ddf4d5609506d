import 'server-only'
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'

/**
 * The token of a link is HMAC-SHA256(server key, seed): whoever has only the database cannot make it, whoever has the
 * server can make it again from the stored seed. 256 bits, base64url.
 */
export function tokenOf(seed: string): string {
  return createHmac('sha256', shareKey()).update(seed).digest('base64url')
}

/** What the database knows a token by, hex. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export const newSeed = () => randomBytes(32).toString('base64url')

/** Anything else is nobody's token and needs no query. */
export const isToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)

/** A key of its own, so that a token tells nothing about what else the secret signs. */
function shareKey(): Buffer {
  return Buffer.from(hkdfSync('sha256', env().nextAuthSecret, '', 'share-link', 32))
}
