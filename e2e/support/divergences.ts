import { isDeepStrictEqual } from 'node:util'
import type Stripe from 'stripe'
import { pool } from '@/lib/db/client'
import { comparable } from '@/lib/domain/silent-fields'
import type { MirroredType } from '@/lib/domain/sync-types'

type Wire = Record<string, never> & { id: string }

/** Parts of an object, by the table that mirrors them. */
type Whole = { object: object & { id: string }; parts?: Record<string, object[]> }

const all = { limit: 100 } as const

/* What Stripe has, read in the plainest way and without any of the mirror's own code. */
const sources: Record<MirroredType, (stripe: Stripe) => AsyncIterable<Whole>> = {
  product: (stripe) => bare(stripe.products.list(all)),
  price: (stripe) => bare(stripe.prices.list(all)),
  coupon: (stripe) => bare(stripe.coupons.list(all)),
  promotion_code: (stripe) => bare(stripe.promotionCodes.list(all)),
  tax_rate: (stripe) => bare(stripe.taxRates.list(all)),
  async *customer(stripe) {
    for await (const object of stripe.customers.list(all)) {
      yield {
        object,
        parts: {
          customer_tax_ids: await gather(stripe.customers.listTaxIds(object.id, all)),
          customer_balance_transactions: await gather(
            stripe.customers.listBalanceTransactions(object.id, all),
          ),
        },
      }
    }
  },
  async *invoice(stripe) {
    for await (const { lines: _, ...object } of stripe.invoices.list(all)) {
      yield {
        object,
        parts: {
          invoice_lines: await gather(stripe.invoices.listLineItems(object.id, all)),
          invoice_payments: await gather(stripe.invoicePayments.list({ invoice: object.id, ...all })),
        },
      }
    }
  },
  async *credit_note(stripe) {
    for await (const { lines: _, ...object } of stripe.creditNotes.list(all)) {
      yield {
        object,
        parts: { credit_note_lines: await gather(stripe.creditNotes.listLineItems(object.id, all)) },
      }
    }
  },
  async *charge(stripe) {
    const payments = await gather(stripe.invoicePayments.list(all))
    const ours = new Set(payments.map(({ payment }) => payment.payment_intent))
    for await (const object of stripe.charges.list(all)) {
      if (!ours.has(object.payment_intent as string)) continue
      yield { object, parts: { refunds: await gather(stripe.refunds.list({ charge: object.id, ...all })) } }
    }
  },
}

const tables: Record<MirroredType, { table: string; owner?: string }> = {
  product: { table: 'products' },
  price: { table: 'prices' },
  coupon: { table: 'coupons' },
  promotion_code: { table: 'promotion_codes' },
  tax_rate: { table: 'tax_rates' },
  customer: { table: 'customers', owner: 'customer_id' },
  invoice: { table: 'invoices', owner: 'invoice_id' },
  credit_note: { table: 'credit_notes', owner: 'credit_note_id' },
  charge: { table: 'charges', owner: 'charge_id' },
}

/** Every object that the mirror lacks, has although Stripe does not, or has otherwise than Stripe; and how many there are. */
export async function divergences(stripe: Stripe): Promise<{ compared: number; divergent: string[] }> {
  const divergent: string[] = []
  let compared = 0
  for (const type of Object.keys(sources) as MirroredType[]) {
    const unseen = await living(type)
    for await (const { object, parts = {} } of sources[type](stripe)) {
      compared += 1
      const ours = unseen.get(object.id)
      unseen.delete(object.id)
      const difference = ours === undefined ? 'is missing' : differs(type, ours, object)
      if (difference !== null) divergent.push(`${type} ${object.id} ${difference}`)
      for (const [table, theirs] of Object.entries(parts)) {
        const mine = await partsOf(table, tables[type].owner ?? '', object.id)
        if (!isDeepStrictEqual(mine, theirs.map(plain)))
          divergent.push(`${type} ${object.id} differs in ${table}`)
      }
    }
    divergent.push(...[...unseen.keys()].map((id) => `${type} ${id} should be gone`))
  }
  return { compared, divergent }
}

async function living(type: MirroredType): Promise<Map<string, Wire>> {
  const { rows } = await pool().query(`select id, raw from ${tables[type].table} where deleted_at is null`)
  return new Map(rows.map(({ id, raw }) => [id, raw]))
}

function differs(type: MirroredType, ours: Wire, theirs: object): string | null {
  const [mine, stripes] = [comparable(type, ours), comparable(type, plain(theirs))]
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(stripes)])]
  const different = fields.filter((field) => !isDeepStrictEqual(mine[field], stripes[field]))
  if (different.length === 0) return null
  const [first = ''] = different
  return `differs in ${different.join(', ')}: ${JSON.stringify(mine[first])} is ${JSON.stringify(stripes[first])}`
}

/** In Stripe's order. */
async function partsOf(table: string, owner: string, id: string): Promise<object[]> {
  const order = table === 'invoice_payments' ? 'created_at desc, id' : 'position'
  const { rows } = await pool().query(`select raw from ${table} where ${owner} = $1 order by ${order}`, [id])
  return rows.map(({ raw }) => raw)
}

async function* bare(list: AsyncIterable<object & { id: string }>): AsyncGenerator<Whole> {
  for await (const object of list) yield { object }
}

async function gather<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

/** As it was on the wire: the SDK makes decimals into objects. */
const plain = (object: object): Wire => JSON.parse(JSON.stringify(object))
