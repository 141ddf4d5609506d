import { beforeEach, describe, expect, it } from 'vitest'
import { personOf } from '@/e2e/support/billing'
import {
  ageOperation,
  codeOf,
  endLease,
  ledgerOf,
  makeCustomer,
  makeProduct,
  newSpec,
  operationRow,
} from '@/e2e/support/customer-operation'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { type OperationRun, runOperation } from './run-operation'

useTestDatabase()
const sandbox = useTestSandbox()
const ledger = ledgerOf(sandbox)
const biller = personOf('biller')

beforeEach(() => sandbox.control('POST', '/_sandbox/reset'))

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
    expect(codeOf(await runOperation(biller, spec, bothSteps))).toBe('operation_running')
    await endLease(spec.id)
    const result = await runOperation(biller, spec, bothSteps)
    expect(result).toMatchObject({ ok: true, value: { by: 'resumed true' } })
    expect((await ledger.executed()).map(({ path }) => path)).toEqual(['/v1/customers', '/v1/products'])

    revive()
    expect(codeOf(await lost)).toBe('operation_running')
    expect(await operationRow(spec.id)).toMatchObject({ state: 'done', step: 'product', attempts: 2 })
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
    expect((await ledger.executed()).map(({ path }) => path)).toEqual(['/v1/customers', '/v1/products'])
    expect(await operationRow(spec.id)).toMatchObject({ attempts: 2 })
    revive()
    await lost
  })

  it('so long ago that Stripe has forgotten the keys: what was done is found, and nothing new is begun', async () => {
    const spec = newSpec()
    const { perform, halfway, revive } = dying()
    const lost = runOperation(biller, spec, perform)
    await halfway
    await endLease(spec.id)
    await ageOperation(spec.id, '25 hours')
    expect(await runOperation(biller, spec, bothSteps)).toEqual({
      ok: false,
      error: { code: 'not_done_in_time' },
    })
    expect(await ledger.all()).toHaveLength(1)
    expect(await operationRow(spec.id)).toMatchObject({ state: 'failed', objectType: 'customer' })
    revive()
    await lost
    expect(await ledger.all()).toHaveLength(1)
  })
})
