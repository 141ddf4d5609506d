import type { Prisma } from '@/lib/db/generated/client'

/**
 * What Stripe sent, as JSON again: decimals become strings, as they were on the wire. Text that PostgreSQL's jsonb refuses
 * (NUL, lone surrogates) loses those characters.
 */
export function rawJson(object: object): Prisma.InputJsonObject {
  return JSON.parse(
    JSON.stringify(object, (_key, value) => (typeof value === 'string' ? storable(value) : value)),
  )
}

/** `text` without what PostgreSQL cannot hold. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}
