import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sign } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { parseEvent } from '@/lib/stripe/parse-event'
import { type DeliveryAnswer, receiveDelivery } from './receive-delivery'
import { type KeptEvent, storeEvents } from './store-events'

/* What the ingest promises while the database fails in the ways databases fail. */

useTestDatabase()
useTestSandbox()

let count = 0
type Fields = { id?: string; type?: string; object?: string }

function eventBody({ id, type = 'invoice.updated', object }: Fields = {}): { id: string; body: string } {
  count += 1
  const event = {
    id: id ?? `evt_ingest${count}`,
    object: 'event',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    type,
    data: { object: { id: object ?? `in_ingest${count}`, note: '"quoted\\ ä€𝄞' } },
  }
  return { id: event.id, body: JSON.stringify(event) }
}

async function* bytes(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body)
}

async function deliver(body: string, signature: string | null = sign(body)): Promise<DeliveryAnswer> {
  return await receiveDelivery({ method: 'POST', contentLength: null, signature, body: bytes(body) })
}

const isKept = async (id: string) => (await db().stripeEvent.count({ where: { id } })) === 1

/** Makes inserting an event raise `sqlState` when `condition` holds for the new row, as PostgreSQL itself would. */
async function failWhere(condition: string, sqlState: string): Promise<void> {
  await pool().query(`
    create or replace function fail_on_purpose() returns trigger language plpgsql as $$
    begin
      if ${condition} then raise exception 'on purpose' using errcode = '${sqlState}'; end if;
      return new;
    end $$;
    create or replace trigger on_purpose before insert on stripe_events
      for each row execute function fail_on_purpose();`)
}

beforeAll(async () => {
  await pool().query('create sequence failures')
})
afterEach(async () => {
  await pool().query('drop function if exists fail_on_purpose cascade')
  await pool().query('alter sequence failures restart')
})

describe('deliveries that come together', () => {
  it('are all kept, each byte for byte, and every hint is counted', async () => {
    const events = Array.from({ length: 300 }, (_, at) => eventBody({ object: `in_together${at % 7}` }))
    const answers = await Promise.all(events.map(({ body }) => deliver(body)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const kept = await db().stripeEvent.findMany({ where: { id: { in: events.map(({ id }) => id) } } })
    const payloads = new Map(kept.map(({ id, payload }) => [id, payload]))
    for (const { id, body } of events) expect(payloads.get(id)).toBe(body)
    const marked = await db().syncObject.findMany({ where: { id: { startsWith: 'in_together' } } })
    expect(marked).toHaveLength(7)
    expect(marked.reduce((sum, { dirtySeq }) => sum + dirtySeq, 0n)).toBe(300n)
  })

  it('do not suffer from one that cannot be stored', async () => {
    await failWhere(`new.id = 'evt_poison'`, '23514')
    const events = [...Array.from({ length: 20 }, () => eventBody()), eventBody({ id: 'evt_poison' })]
    const answers = await Promise.all(events.map(({ body }) => deliver(body)))
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 503])
    for (const { id } of events) expect(await isKept(id)).toBe(id !== 'evt_poison')
  })

  it('do not wait for an object that somebody holds', { timeout: 40_000 }, async () => {
    await pool().query(`insert into sync_objects (type, id, dirty_seq) values ('invoice', 'in_held', 1)`)
    const holder = await pool().connect()
    await holder.query('begin')
    await holder.query(`select from sync_objects where id = 'in_held' for update`)
    const events = [...Array.from({ length: 10 }, () => eventBody()), eventBody({ object: 'in_held' })]
    const answers = await Promise.all(events.map(({ body }) => deliver(body)))
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 503])
    await holder.query('rollback')
    holder.release()
    expect((await deliver(events.at(-1)?.body ?? '')).status).toBe(200)
  })

  it('survive a deadlock or a serialization failure that passes', async () => {
    for (const sqlState of ['40P01', '40001']) {
      await failWhere(`nextval('failures') <= 2`, sqlState)
      const events = Array.from({ length: 10 }, () => eventBody())
      const answers = await Promise.all(events.map(({ body }) => deliver(body)))
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
      const objects = await db().syncObject.findMany({ where: { id: `in_ingest${count}` } })
      expect(objects).toMatchObject([{ dirtySeq: 1n }])
      await pool().query('alter sequence failures restart')
    }
  })

  it('never block those of other processes, whatever order each takes', async () => {
    let isNewCount = 0
    for (let round = 0; round < 10; round += 1) {
      const kept = Array.from({ length: 100 }, (_, at) => keptEvent(at))
      const shuffled = (events: KeptEvent[]) => storeEvents(events.toSorted(() => Math.random() - 0.5))
      const answers = await Promise.all([kept, kept, kept, kept].map(shuffled))
      isNewCount += answers.flat().filter((isNew) => isNew).length
    }
    expect(isNewCount).toBe(1_000)
    const marked = await db().syncObject.findMany({ where: { id: { contains: '_shared' } } })
    expect(marked.reduce((sum, { dirtySeq }) => sum + dirtySeq, 0n)).toBe(1_000n)
  })
})

function keptEvent(at: number): KeptEvent {
  const isPayment = at % 3 === 0
  const { body } = eventBody({
    object: `${isPayment ? 'pi' : 'in'}_shared${at % 11}`,
    type: isPayment ? 'payment_intent.succeeded' : 'invoice.updated',
  })
  const event = parseEvent(body)
  if (event === null) throw new Error('it is an event')
  return { event, state: 'received', reason: null, target: event.concerns, body: Buffer.from(body) }
}

describe('a database that takes nothing', () => {
  it.each([
    ['is full', '53100'],
    ['is read-only', '25006'],
    ['has no connection free', '53300'],
    ['shuts down', '57P01'],
  ])('because it %s: 503 at once for everybody, and nothing is acknowledged', async (_, sqlState) => {
    await failWhere('true', sqlState)
    const events = Array.from({ length: 30 }, () => eventBody())
    const begin = performance.now()
    const answers = await Promise.all(events.map(({ body }) => deliver(body)))
    expect(performance.now() - begin).toBeLessThan(2_000)
    for (const { status, headers } of answers) {
      expect(status).toBe(503)
      expect(headers['retry-after']).toMatch(/^\d+$/)
    }
    await pool().query('drop function fail_on_purpose cascade')
    for (const { id } of events) expect(await isKept(id)).toBe(false)
    const again = await Promise.all(events.map(({ body }) => deliver(body)))
    expect(again.map(({ status }) => status)).toEqual(Array(30).fill(200))
  })

  it('is not asked about a forged delivery', async () => {
    const written = async () => {
      await pool().query('select pg_stat_force_next_flush()')
      const { rows } = await pool().query(
        `select sum(n_tup_ins + n_tup_upd)::int as rows from pg_stat_user_tables
         where relname in ('stripe_events', 'sync_objects')`,
      )
      return rows[0].rows
    }
    const before = await written()
    const { body } = eventBody()
    const forged = sign(body, { secret: 'whsec_forged' })
    const begin = performance.now()
    const answers = await Promise.all(Array.from({ length: 2_000 }, () => deliver(body, forged)))
    expect((performance.now() - begin) / 2_000).toBeLessThan(5)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]))
    expect(await written()).toBe(before)
    expect((await deliver(body)).status).toBe(200)
  })
})

it('a delivery that breaks off is refused and leaves nothing', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"id":')
    throw new Error('aborted')
  }
  const answer = await receiveDelivery({
    method: 'POST',
    contentLength: '1000',
    signature: sign('{}'),
    body: broken(),
  })
  expect(answer).toMatchObject({ status: 400, text: 'broken_off\n' })
})
