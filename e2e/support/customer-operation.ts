import { randomUUID } from 'node:crypto'
import { db, pool } from '@/lib/db/client'
import type { ErrorCode, Result } from '@/lib/domain/result'
import type { OperationRun, OperationSpec } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { findMadeCustomer, findMadeProduct, operationMark } from '@/lib/stripe/find-made'
import type { TestSandbox } from './test-sandbox'

/* The smallest operations there are, and what became of them. */

export function newSpec(input: unknown = { name: 'Acme' }): OperationSpec {
  return { id: randomUUID(), name: 'customer.create', input }
}

/** One step: a customer. `patience`: the SDK's options for the call. */
export async function makeCustomer(run: OperationRun, patience = {}): Promise<{ customerId: string }> {
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

/** Another step: a product. */
export async function makeProduct(run: OperationRun): Promise<void> {
  await run.step('product', {
    call: (options) =>
      stripe().products.create({ name: 'Desk', metadata: { [operationMark]: run.id } }, options),
    find: () => findMadeProduct(run),
  })
}

export const operationRow = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })

export function codeOf(result: Result<unknown>): ErrorCode | 'ok' {
  return result.ok ? 'ok' : result.error.code
}

/** As if the process that is at it had not been heard of for long. */
export const endLease = (id: string) =>
  pool().query("update operations set leased_until = now() - interval '1 second' where id = $1", [id])

/** As if it had been begun so long ago. */
export const ageOperation = (id: string, interval: string) =>
  pool().query('update operations set created_at = now() - $2::interval where id = $1', [id, interval])

type Entry = { path: string; idempotencyKey: string | null; status: number; replayed: boolean }

/** What Stripe was asked to write, and what of it it executed. */
export function ledgerOf(sandbox: TestSandbox) {
  const all = async () => (await sandbox.control('GET', '/_sandbox/ledger')) as Entry[]
  return {
    all,
    executed: async () => (await all()).filter(({ replayed, status }) => !replayed && status === 200),
  }
}
