import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/stripe/webhook/route'
import { type PostgresServer, startPostgresServer } from '@/e2e/support/postgres-server'
import { sign } from '@/e2e/support/stripe-events'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { readiness } from '@/lib/sync/readiness'
import { closeDatabase, db, pool } from './client'
import { isDatabaseUnavailable } from './is-database-unavailable'
import { listen } from './listen'
import { applyMigrations } from './migrate'

/* A PostgreSQL of its own, because this file stops it. */

useTestSandbox()
let server: PostgresServer

beforeAll(async () => {
  server = await startPostgresServer()
  process.env.DATABASE_URL = server.url('postgres')
  await applyMigrations(server.url('postgres'))
})
afterAll(async () => {
  await closeDatabase()
  await server.remove()
})

function deliver(id: string): Promise<Response> {
  const body = JSON.stringify({
    id,
    object: 'event',
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    type: 'product.updated',
    data: { object: { id: 'prod_1' } },
  })
  const headers = { 'stripe-signature': sign(body) }
  return POST(new Request('http://duebook.example/', { method: 'POST', body, headers }))
}

async function failureOf(attempt: () => Promise<unknown>): Promise<unknown> {
  try {
    await attempt()
  } catch (error) {
    return error
  }
  throw new Error('it should have failed')
}

describe('while PostgreSQL is down', () => {
  it('webhooks get 503, and all is well again without a restart of ours', async () => {
    expect((await deliver('evt_before')).status).toBe(200)
    const heard: string[] = []
    let reconnected = false
    const ears = await listen(
      'test',
      (message) => heard.push(message),
      () => {
        reconnected = true
      },
    )

    await server.stop()
    for (const id of ['evt_1', 'evt_2', 'evt_3']) expect((await deliver(id)).status).toBe(503)
    for (const attempt of [
      () => db().user.count(),
      () => db().$queryRaw`select 1`,
      () => db().$transaction((transaction) => transaction.user.count()),
      () => pool().query('select 1'),
    ]) {
      expect(isDatabaseUnavailable(await failureOf(attempt))).toBe(true)
    }
    expect(await readiness()).toMatchObject({ ready: false, checks: { database: 'does not answer' } })

    await server.start()
    expect((await deliver('evt_1')).status).toBe(200)
    expect(await db().stripeEvent.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).toEqual([
      { id: 'evt_1' },
      { id: 'evt_before' },
    ])
    await expect.poll(() => reconnected, { timeout: 10_000 }).toBe(true)
    await pool().query(`select pg_notify('test', 'hello again')`)
    await expect.poll(() => heard).toEqual(['hello again'])
    await ears.close()
  })

  it('is not confused with a mistake in what was asked', async () => {
    for (const attempt of [
      () => pool().query('select nonsense'),
      () => db().$queryRaw`select nonsense`,
      () => db().user.findUniqueOrThrow({ where: { email: 'nobody@example.com' } }),
    ]) {
      expect(isDatabaseUnavailable(await failureOf(attempt))).toBe(false)
    }
    expect(isDatabaseUnavailable(undefined)).toBe(false)
  })

  it('a statement without an end is cut off', async () => {
    expect(isDatabaseUnavailable(await failureOf(() => pool().query('select pg_sleep(30)')))).toBe(true)
  })
})

describe('readiness', () => {
  it('names what is missing', async () => {
    expect(await readiness()).toEqual({
      ready: false,
      checks: { database: 'ok', migrations: 'ok', worker: 'not heard of since ever', inbox: 'ok' },
    })
    await pool().query(
      `insert into sync_status (id, worker_seen_at) values (1, now()) on conflict (id) do update set worker_seen_at = now()`,
    )
    expect(await readiness()).toMatchObject({ ready: true })

    await pool().query(`update sync_objects set dirty_at = now() - interval '6 minutes'`)
    expect(await readiness()).toMatchObject({
      ready: false,
      checks: { inbox: 'something has waited for 360 s' },
    })

    await pool().query(`update sync_objects set next_attempt_at = null, done_seq = dirty_seq`)
    await pool().query('update _prisma_migrations set finished_at = null')
    const { ready, checks } = await readiness()
    expect(ready).toBe(false)
    expect(checks.migrations).toMatch(/^not applied: \d+_first/)
  })
})
