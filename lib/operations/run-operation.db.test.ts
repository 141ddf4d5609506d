import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import type { Role } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import { AppFailure, type ErrorCode, type Result } from '@/lib/domain/result'
import { stripe } from '@/lib/stripe/client'
import { findMadeCustomer, findMadeProduct, operationMark } from '@/lib/stripe/find-made'
import { type OperationRun, type OperationSpec, runOperation } from './run-operation'

useTestDatabase()
const sandbox = useTestSandbox()

const quickly = { timeout: 500, maxNetworkRetries: 0 }

function someone(role: Role = 'biller', id = randomUUID()): Ctx {
  return {
    actor: { id, name: 'Bela', email: 'bela@duebook.test', role },
    now: new Date(),
    requestId: randomUUID(),
  }
}

const biller = someone()

function newSpec(input: unknown = { name: 'Acme' }): OperationSpec {
  return { id: randomUUID(), name: 'customer.create', input }
}

/** The smallest use case: one customer. */
async function makeCustomer(run: OperationRun, patience = {}): Promise<{ customerId: string }> {
  const { object } = await run.step('create', {
    makes: 'customer',
    call: (options) =>
      stripe().customers.create(
        { name: 'Acme', metadata: { [operationMark]: run.id } },
        { ...options, ...patience },
      ),
    find: () => findMadeCustomer(run),
  })
  run.record({ after: { name: object.name } })
  return { customerId: object.id }
}

async function makeProduct(run: OperationRun): Promise<void> {
  await run.step('product', {
    call: (options) =>
      stripe().products.create({ name: 'Desk', metadata: { [operationMark]: run.id } }, options),
    find: () => findMadeProduct(run),
  })
}

const row = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })
const age = (id: string, interval: string) =>
  pool().query('update operations set created_at = now() - $2::interval where id = $1', [id, interval])
const endLease = (id: string) =>
  pool().query("update operations set leased_until = now() - interval '1 second' where id = $1", [id])

type Entry = { path: string; idempotencyKey: string | null; status: number; replayed: boolean }

async function ledger(): Promise<Entry[]> {
  const entries = await sandbox.control('GET', '/_sandbox/ledger')
  return entries as Entry[]
}

const executed = async () => (await ledger()).filter(({ replayed, status }) => !replayed && status === 200)

const plant = (fault: Record<string, unknown>) =>
  sandbox.control('POST', '/_sandbox/faults', { method: 'POST', path: '/v1/customers', count: 1, ...fault })

function code(result: Result<unknown>): ErrorCode | 'ok' {
  return result.ok ? 'ok' : result.error.code
}

beforeEach(() => sandbox.control('POST', '/_sandbox/reset'))

describe('an operation', () => {
  it('is recorded with who, what, why, on which object, and what came of it', async () => {
    const spec = { ...newSpec(), note: 'asked by phone' }
    const result = await runOperation(biller, spec, makeCustomer)
    if (!result.ok) throw new Error(result.error.code)
    const stored = await row(spec.id)
    expect(stored).toMatchObject({
      name: 'customer.create',
      actorId: biller.actor.id,
      actorName: 'Bela',
      actorRole: 'biller',
      input: { name: 'Acme' },
      state: 'done',
      step: 'create',
      objectType: 'customer',
      objectId: result.value.customerId,
      after: { name: 'Acme' },
      answer: result.value,
      note: 'asked by phone',
      attempts: 1,
    })
    expect(stored.stripeRequestIds).toEqual([expect.stringMatching(/^req_/)])
    expect(stored.finishedAt).not.toBeNull()
  })

  it('submitted again is the same one: the same answer, and nothing sent', async () => {
    const spec = newSpec()
    const first = await runOperation(biller, spec, makeCustomer)
    expect(await runOperation(biller, spec, makeCustomer)).toEqual(first)
    expect(await executed()).toHaveLength(1)
  })

  it('submitted 64 times at once reaches Stripe once', async () => {
    const spec = newSpec()
    const results = await Promise.all(
      Array.from({ length: 64 }, () => runOperation(biller, spec, makeCustomer)),
    )
    expect(await ledger()).toHaveLength(1)
    const done = results.filter(({ ok }) => ok)
    expect(done.length).toBeGreaterThan(0)
    expect(results.filter((result) => !result.ok && result.error.code !== 'operation_running')).toEqual([])
    expect(await runOperation(biller, spec, makeCustomer)).toEqual(done[0])
  })

  it('with other content under the same id is refused, and nothing sent', async () => {
    const spec = newSpec()
    await runOperation(biller, spec, makeCustomer)
    for (const other of [
      runOperation(biller, { ...spec, input: { name: 'Other' } }, makeCustomer),
      runOperation(biller, { ...spec, name: 'product.create' }, makeCustomer),
      runOperation(someone(), spec, makeCustomer),
    ]) {
      expect(code(await other)).toBe('operation_mismatch')
    }
    expect(await executed()).toHaveLength(1)
  })

  it('with the same content in another order of keys is the same one', async () => {
    const spec = newSpec({ name: 'Acme', email: 'a@acme.example' })
    const first = await runOperation(biller, spec, makeCustomer)
    const again = { ...spec, input: { email: 'a@acme.example', name: 'Acme' } }
    expect(await runOperation(biller, again, makeCustomer)).toEqual(first)
  })

  it('is nothing that a viewer can do: not recorded, not sent', async () => {
    const spec = newSpec()
    expect(code(await runOperation(someone('viewer'), spec, makeCustomer))).toBe('forbidden')
    expect(await ledger()).toEqual([])
    expect(await db().operation.count({ where: { id: spec.id } })).toBe(0)
  })

  it('that is refused by a rule says so again for the same id', async () => {
    const spec = newSpec()
    let calls = 0
    const refuse = async () => {
      calls += 1
      throw new AppFailure({ code: 'move_refused', params: { reason: 'already_paid' } })
    }
    const first = await runOperation(biller, spec, refuse)
    expect(first).toEqual({ ok: false, error: { code: 'move_refused', params: { reason: 'already_paid' } } })
    expect(await runOperation(biller, spec, refuse)).toEqual(first)
    expect(calls).toBe(1)
    expect(await row(spec.id)).toMatchObject({ state: 'failed' })
  })

  it('whose code is wrong ends with a reference and without details', async () => {
    const spec = newSpec()
    const result = await runOperation(biller, spec, async () => {
      throw new Error('secret detail')
    })
    expect(result).toEqual({ ok: false, error: { code: 'unexpected', reference: biller.requestId } })
    expect(JSON.stringify(await row(spec.id))).not.toContain('secret detail')
  })

  it('whose code is wrong after Stripe was asked is unknown, and settles when it runs again', async () => {
    const spec = newSpec()
    const broken = async (run: OperationRun) => {
      await makeCustomer(run)
      throw new Error('a bug after the call')
    }
    expect(code(await runOperation(biller, spec, broken))).toBe('outcome_unknown')
    expect(await row(spec.id)).toMatchObject({ state: 'unknown', step: 'create' })
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await executed()).toHaveLength(1)
  })
})

describe('when Stripe', () => {
  it('does it and the connection breaks before the answer, it is done once', async () => {
    await plant({ effect: 'reset_after' })
    const spec = newSpec()
    const result = await runOperation(biller, spec, makeCustomer)
    expect(code(result)).toBe('ok')
    expect(await executed()).toHaveLength(1)
    expect((await sandbox.stripe.customers.list()).data).toHaveLength(1)
  })

  it('hangs, the outcome is unknown; the same id settles it, and no second object is made', async () => {
    await plant({ effect: 'slow', delayMs: 1_500 })
    const spec = newSpec()
    const impatient = (run: OperationRun) => makeCustomer(run, quickly)
    const first = await runOperation(biller, spec, impatient)
    expect(first).toMatchObject({ ok: false, error: { code: 'outcome_unknown' } })
    expect(await row(spec.id)).toMatchObject({ state: 'unknown', attempts: 1 })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(code(await runOperation(biller, spec, impatient))).toBe('ok')
    expect((await sandbox.stripe.customers.list()).data).toHaveLength(1)
    expect(await row(spec.id)).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('answers 500, the outcome is unknown, with its request id', async () => {
    await plant({ effect: 'status_before', status: 500, count: 3 })
    const spec = newSpec()
    const result = await runOperation(biller, spec, makeCustomer)
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'outcome_unknown', stripe: { requestId: expect.stringMatching(/^req_/) } },
    })
    expect(await row(spec.id)).toMatchObject({ state: 'unknown' })
  })

  it('CR15: answers 429 and then not, the same key brings it about', async () => {
    await plant({ effect: 'status_before', status: 429, code: 'rate_limit', count: 3 })
    const spec = newSpec()
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await executed()).toHaveLength(1)
    expect(await row(spec.id)).toMatchObject({ state: 'done', attempts: 1 })
  })

  it('CR15: goes on answering 429, that is said in time, and the operation waits to be taken up', async () => {
    await plant({ effect: 'status_before', status: 429, code: 'lock_timeout', count: 100 })
    const spec = newSpec()
    const begun = performance.now()
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('stripe_busy')
    expect(performance.now() - begun).toBeLessThan(30_000)
    expect(await row(spec.id)).toMatchObject({ state: 'unknown', step: null, sentSteps: ['create'] })
    await sandbox.control('DELETE', '/_sandbox/faults')
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await executed()).toHaveLength(1)
  })

  it('CR16: is at work under the same key, the answer is waited for', async () => {
    await plant({ effect: 'status_before', status: 409, code: 'idempotency_key_in_use', count: 4 })
    const spec = newSpec()
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await executed()).toHaveLength(1)
  })

  it('does not accept the key, that is said without the key, and no retry', async () => {
    await plant({ effect: 'status_before', status: 401 })
    const spec = newSpec()
    const result = await runOperation(biller, spec, makeCustomer)
    expect(code(result)).toBe('stripe_credentials')
    expect(JSON.stringify(result)).not.toContain('sk_test')
    expect(await runOperation(biller, spec, makeCustomer)).toEqual(result)
    expect(await executed()).toEqual([])
  })

  it('does not accept the key any more, an unknown outcome stays unknown', async () => {
    const spec = newSpec()
    await plant({ effect: 'status_before', status: 500 })
    await runOperation(biller, spec, makeCustomer)
    await plant({ effect: 'status_before', status: 401, path: '/v1/customers*', method: null })
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('outcome_unknown')
    expect(code(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await executed()).toHaveLength(1)
  })

  it('refuses the content, its own sentence and request id are kept, and given again for the same id', async () => {
    const spec = newSpec()
    const bad = (run: OperationRun) =>
      run.step('create', {
        call: (options) => stripe().customers.create({ email: 'not an address' }, options),
        find: () => findMadeCustomer(run),
      })
    const result = await runOperation(biller, spec, bad)
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'stripe_refused',
        stripe: { message: expect.stringContaining('email'), requestId: expect.stringMatching(/^req_/) },
      },
    })
    expect(await runOperation(biller, spec, bad)).toEqual(result)
    expect(await row(spec.id)).toMatchObject({ state: 'failed' })
  })

  it('cannot be reached by a read before anything was sent, nothing was done and the id is free', async () => {
    await plant({ method: 'GET', path: '/v1/customers*', effect: 'reset_before', count: 2 })
    const spec = newSpec()
    const readsFirst = async (run: OperationRun) => {
      await stripe().customers.list({}, quickly)
      return makeCustomer(run)
    }
    expect(code(await runOperation(biller, spec, readsFirst))).toBe('stripe_unreachable')
    expect(await db().operation.count({ where: { id: spec.id } })).toBe(0)
    expect(code(await runOperation(biller, spec, readsFirst))).toBe('ok')
  })
})

describe('a process that died in the middle', () => {
  /** Does the first step and is never heard of again, until `revive` is called. */
  function dying() {
    let revive = () => {}
    const died = new Promise<void>((resolve) => {
      revive = resolve
    })
    let begun = () => {}
    const halfway = new Promise<void>((resolve) => {
      begun = resolve
    })
    const perform = async (run: OperationRun) => {
      const made = await makeCustomer(run)
      begun()
      await died
      await makeProduct(run)
      return { ...made, by: 'the dead' }
    }
    return { perform, halfway, revive }
  }

  const bothSteps = async (run: OperationRun) => {
    const made = await makeCustomer(run)
    await makeProduct(run)
    return { ...made, by: `resumed ${run.isResumed}` }
  }

  it('is waited for while its lease lasts, then carried on without doing anything twice', async () => {
    const spec = newSpec()
    const { perform, halfway, revive } = dying()
    const lost = runOperation(biller, spec, perform)
    await halfway
    expect(code(await runOperation(biller, spec, bothSteps))).toBe('operation_running')
    await endLease(spec.id)
    const result = await runOperation(biller, spec, bothSteps)
    expect(result).toMatchObject({ ok: true, value: { by: 'resumed true' } })
    expect((await executed()).map(({ path }) => path)).toEqual(['/v1/customers', '/v1/products'])

    revive()
    expect(code(await lost)).toBe('operation_running')
    expect(await row(spec.id)).toMatchObject({ state: 'done', step: 'product', attempts: 2 })
    expect(await runOperation(biller, spec, bothSteps)).toEqual(result)
  })

  it('is carried on by one of many', async () => {
    const spec = newSpec()
    const { perform, halfway, revive } = dying()
    const lost = runOperation(biller, spec, perform)
    await halfway
    await endLease(spec.id)
    const results = await Promise.all(Array.from({ length: 16 }, () => runOperation(biller, spec, bothSteps)))
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    expect((await executed()).map(({ path }) => path)).toEqual(['/v1/customers', '/v1/products'])
    expect(await row(spec.id)).toMatchObject({ attempts: 2 })
    revive()
    await lost
  })

  it('so long ago that Stripe has forgotten the keys: what was done is found, and nothing new is begun', async () => {
    const spec = newSpec()
    const { perform, halfway, revive } = dying()
    const lost = runOperation(biller, spec, perform)
    await halfway
    await endLease(spec.id)
    await age(spec.id, '25 hours')
    expect(await runOperation(biller, spec, bothSteps)).toEqual({
      ok: false,
      error: { code: 'not_done_in_time' },
    })
    expect(await ledger()).toHaveLength(1)
    expect(await row(spec.id)).toMatchObject({ state: 'failed', objectType: 'customer' })
    revive()
    await lost
    expect(await ledger()).toHaveLength(1)
  })
})
