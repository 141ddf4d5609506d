import { beforeEach, describe, expect, it } from 'vitest'
import { personOf } from '@/e2e/support/billing'
import { codeOf, ledgerOf, makeCustomer, newSpec, operationRow } from '@/e2e/support/customer-operation'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import { stripe } from '@/lib/stripe/client'
import { findMadeCustomer } from '@/lib/stripe/find-made'
import { type OperationRun, runOperation } from './run-operation'

useTestDatabase()
const sandbox = useTestSandbox()
const ledger = ledgerOf(sandbox)
const biller = personOf('biller')

const quickly = { timeout: 500, maxNetworkRetries: 0 }

const plant = (fault: Record<string, unknown>) =>
  sandbox.control('POST', '/_sandbox/faults', { method: 'POST', path: '/v1/customers', count: 1, ...fault })

beforeEach(() => sandbox.control('POST', '/_sandbox/reset'))

describe('when Stripe', () => {
  it('does it and the connection breaks before the answer, it is done once', async () => {
    await plant({ effect: 'reset_after' })
    const spec = newSpec()
    const result = await runOperation(biller, spec, makeCustomer)
    expect(codeOf(result)).toBe('ok')
    expect(await ledger.executed()).toHaveLength(1)
    expect((await sandbox.stripe.customers.list()).data).toHaveLength(1)
  })

  it('hangs, the outcome is unknown; the same id settles it, and no second object is made', async () => {
    await plant({ effect: 'slow', delayMs: 1_500 })
    const spec = newSpec()
    const impatient = (run: OperationRun) => makeCustomer(run, quickly)
    const first = await runOperation(biller, spec, impatient)
    expect(first).toMatchObject({ ok: false, error: { code: 'outcome_unknown' } })
    expect(await operationRow(spec.id)).toMatchObject({ state: 'unknown', attempts: 1 })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(codeOf(await runOperation(biller, spec, impatient))).toBe('ok')
    expect((await sandbox.stripe.customers.list()).data).toHaveLength(1)
    expect(await operationRow(spec.id)).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('answers 500, the outcome is unknown, with its request id', async () => {
    await plant({ effect: 'status_before', status: 500, count: 3 })
    const spec = newSpec()
    const result = await runOperation(biller, spec, makeCustomer)
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'outcome_unknown', stripe: { requestId: expect.stringMatching(/^req_/) } },
    })
    expect(await operationRow(spec.id)).toMatchObject({ state: 'unknown' })
  })

  it('CR15: answers 429 and then not, the same key brings it about', async () => {
    await plant({ effect: 'status_before', status: 429, code: 'rate_limit', count: 3 })
    const spec = newSpec()
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await ledger.executed()).toHaveLength(1)
    expect(await operationRow(spec.id)).toMatchObject({ state: 'done', attempts: 1 })
  })

  it('CR15: goes on answering 429, that is said in time, and the operation waits to be taken up', async () => {
    await plant({ effect: 'status_before', status: 429, code: 'lock_timeout', count: 100 })
    const spec = newSpec()
    const begun = performance.now()
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('stripe_busy')
    expect(performance.now() - begun).toBeLessThan(30_000)
    expect(await operationRow(spec.id)).toMatchObject({ state: 'unknown', step: null, sentSteps: ['create'] })
    await sandbox.control('DELETE', '/_sandbox/faults')
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await ledger.executed()).toHaveLength(1)
  })

  it('CR16: is at work under the same key, the answer is waited for', async () => {
    await plant({ effect: 'status_before', status: 409, code: 'idempotency_key_in_use', count: 4 })
    const spec = newSpec()
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await ledger.executed()).toHaveLength(1)
  })

  it('does not accept the key, that is said without the key, and no retry', async () => {
    await plant({ effect: 'status_before', status: 401 })
    const spec = newSpec()
    const result = await runOperation(biller, spec, makeCustomer)
    expect(codeOf(result)).toBe('stripe_credentials')
    expect(JSON.stringify(result)).not.toContain('sk_test')
    expect(await runOperation(biller, spec, makeCustomer)).toEqual(result)
    expect(await ledger.executed()).toEqual([])
  })

  it('does not accept the key any more, an unknown outcome stays unknown', async () => {
    const spec = newSpec()
    await plant({ effect: 'status_before', status: 500 })
    await runOperation(biller, spec, makeCustomer)
    await plant({ effect: 'status_before', status: 401, path: '/v1/customers*', method: null })
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('outcome_unknown')
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await ledger.executed()).toHaveLength(1)
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
    expect(await operationRow(spec.id)).toMatchObject({ state: 'failed' })
  })

  it('cannot be reached by a read before anything was sent, nothing was done and the id is free', async () => {
    await plant({ method: 'GET', path: '/v1/customers*', effect: 'reset_before', count: 2 })
    const spec = newSpec()
    const readsFirst = async (run: OperationRun) => {
      await stripe().customers.list({}, quickly)
      return makeCustomer(run)
    }
    expect(codeOf(await runOperation(biller, spec, readsFirst))).toBe('stripe_unreachable')
    expect(await db().operation.count({ where: { id: spec.id } })).toBe(0)
    expect(codeOf(await runOperation(biller, spec, readsFirst))).toBe('ok')
  })
})
