import 'server-only'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import type { MirroredType } from '@/lib/domain/sync-types'
import { log } from '@/lib/log/log'
import { stripe } from '@/lib/stripe/client'
import { markAllDirty } from './leases'
import { wakeWorkers } from './wake'

type Listed = { id: string }

/**
 * The beginning of a mirror: lists everything that exists and marks it, for the worker to fetch. Interrupted, it begins
 * again; what is fetched already is then fetched once more, which does no harm.
 */
export async function importAll(): Promise<void> {
  const { rowCount } = await pool().query('select from sync_status where id = 1 and imported_at is not null')
  if (rowCount === 1) return
  const lists: Record<MirroredType, AsyncIterable<Listed>> = {
    product: stripe().products.list({ limit: 100 }),
    price: stripe().prices.list({ limit: 100 }),
    coupon: stripe().coupons.list({ limit: 100 }),
    promotion_code: stripe().promotionCodes.list({ limit: 100 }),
    tax_rate: stripe().taxRates.list({ limit: 100 }),
    customer: stripe().customers.list({ limit: 100 }),
    invoice: stripe().invoices.list({ limit: 100 }),
    credit_note: stripe().creditNotes.list({ limit: 100 }),
    charge: stripe().charges.list({ limit: 100 }),
  }
  let count = 0
  for (const [type, list] of Object.entries(lists) as [MirroredType, AsyncIterable<Listed>][]) {
    for await (const ids of inBatches(list, 100)) {
      await markAllDirty(pool(), type, ids)
      wakeWorkers()
      count += ids.length
    }
  }
  await pool().query('update sync_status set imported_at = now() where id = 1')
  await announce(['sync'])
  log.info({ count }, 'listed everything that Stripe has')
}

async function* inBatches(list: AsyncIterable<Listed>, size: number): AsyncGenerator<string[]> {
  let ids: string[] = []
  for await (const { id } of list) {
    ids.push(id)
    if (ids.length < size) continue
    yield ids
    ids = []
  }
  if (ids.length > 0) yield ids
}
