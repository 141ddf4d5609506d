import 'server-only'
import { impatient, stripe } from '@/lib/stripe/client'
import { parseProduct } from '@/lib/stripe/parse-product'
import type { Sight } from './look'
import { orMissing } from './or-missing'
import { entomb, upsertMirrored } from './upsert'

export async function lookAtProduct(id: string): Promise<Sight> {
  const product = await orMissing(stripe().products.retrieve(id, {}, impatient))
  const topics = ['catalog', id]
  if (product === null || product.deleted) {
    return { gone: true, topics, write: (connection) => entomb(connection, 'products', id) }
  }
  const row = parseProduct(product)
  return { gone: false, topics, write: (connection) => upsertMirrored(connection, 'products', row) }
}
