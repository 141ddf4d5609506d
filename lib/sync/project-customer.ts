import 'server-only'
import { impatient, stripe } from '@/lib/stripe/client'
import { parseCustomer } from '@/lib/stripe/parse-customer'
import type { Sight } from './look'
import { orMissing } from './or-missing'
import { entomb, upsertMirrored } from './upsert'

export async function lookAtCustomer(id: string): Promise<Sight> {
  const customer = await orMissing(stripe().customers.retrieve(id, {}, impatient))
  const topics = ['customers', id]
  if (customer === null || customer.deleted) {
    return { gone: true, topics, write: (connection) => entomb(connection, 'customers', id) }
  }
  const row = parseCustomer(customer)
  return { gone: false, topics, write: (connection) => upsertMirrored(connection, 'customers', row) }
}
