import { beforeEach, describe, expect, it } from 'vitest'
import { personOf } from '@/e2e/support/billing'
import { codeOf, ledgerOf, makeCustomer, newSpec, operationRow } from '@/e2e/support/customer-operation'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import { AppFailure } from '@/lib/domain/result'
import { type OperationRun, runOperation } from './run-operation'

useTestDatabase()
const sandbox = useTestSandbox()
const ledger = ledgerOf(sandbox)
const biller = personOf('biller')

beforeEach(() => sandbox.control('POST', '/_sandbox/reset'))

describe('an operation', () => {
  it('is recorded with who, what, why, on which object, and what came of it', async () => {
    const spec = { ...newSpec(), note: 'asked by phone' }
    const result = await runOperation(biller, spec, makeCustomer)
    if (!result.ok) throw new Error(result.error.code)
    const stored = await operationRow(spec.id)
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
    expect(await ledger.executed()).toHaveLength(1)
  })

  it('submitted 64 times at once reaches Stripe once', async () => {
    const spec = newSpec()
    const results = await Promise.all(
      Array.from({ length: 64 }, () => runOperation(biller, spec, makeCustomer)),
    )
    expect(await ledger.all()).toHaveLength(1)
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
      runOperation(personOf(), spec, makeCustomer),
    ]) {
      expect(codeOf(await other)).toBe('operation_mismatch')
    }
    expect(await ledger.executed()).toHaveLength(1)
  })

  it('with the same content in another order of keys is the same one', async () => {
    const spec = newSpec({ name: 'Acme', email: 'a@acme.example' })
    const first = await runOperation(biller, spec, makeCustomer)
    const again = { ...spec, input: { email: 'a@acme.example', name: 'Acme' } }
    expect(await runOperation(biller, again, makeCustomer)).toEqual(first)
  })

  it('is nothing that a viewer can do: not recorded, not sent', async () => {
    const spec = newSpec()
    expect(codeOf(await runOperation(personOf('viewer'), spec, makeCustomer))).toBe('forbidden')
    expect(await ledger.all()).toEqual([])
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
    expect(await operationRow(spec.id)).toMatchObject({ state: 'failed' })
  })

  it('whose code is wrong ends with a reference and without details', async () => {
    const spec = newSpec()
    const result = await runOperation(biller, spec, async () => {
      throw new Error('secret detail')
    })
    expect(result).toEqual({ ok: false, error: { code: 'unexpected', reference: biller.requestId } })
    expect(JSON.stringify(await operationRow(spec.id))).not.toContain('secret detail')
  })

  it('whose code is wrong after Stripe was asked is unknown, and settles when it runs again', async () => {
    const spec = newSpec()
    const broken = async (run: OperationRun) => {
      await makeCustomer(run)
      throw new Error('a bug after the call')
    }
    expect(codeOf(await runOperation(biller, spec, broken))).toBe('outcome_unknown')
    expect(await operationRow(spec.id)).toMatchObject({ state: 'unknown', step: 'create' })
    expect(codeOf(await runOperation(biller, spec, makeCustomer))).toBe('ok')
    expect(await ledger.executed()).toHaveLength(1)
  })
})
