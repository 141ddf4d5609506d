import 'server-only'
import { impatient, stripe } from '@/lib/stripe/client'
import { parsePrice } from '@/lib/stripe/parse-price'
import type { Sight } from './look'
import { orMissing } from './or-missing'
import { entomb, upsertMirrored } from './upsert'

export async function lookAtPrice(id: string): Promise<Sight> {
  const price = await orMissing(stripe().prices.retrieve(id, {}, impatient))
  if (price === null) {
    return { gone: true, topics: ['catalog', id], write: (connection) => entomb(connection, 'prices', id) }
  }
  const row = parsePrice(price)
  return {
    gone: false,
    topics: ['catalog', id, row.productId],
    write: (connection) => upsertMirrored(connection, 'prices', row),
  }
}
