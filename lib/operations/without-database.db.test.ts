import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { closeDatabase } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import { stripe } from '@/lib/stripe/client'
import { findPort } from '@/scripts/start/ports'
import { runOperation } from './run-operation'

const sandbox = useTestSandbox()

it('sends nothing to Stripe while PostgreSQL is away', async () => {
  process.env.DATABASE_URL = `postgresql://duebook:duebook@127.0.0.1:${await findPort()}/duebook`
  const actor = { id: randomUUID(), name: 'Bela', email: 'bela@duebook.test', role: 'biller' as const }
  const ctx: Ctx = { actor, now: new Date(), requestId: 'reference' }
  const spec = { id: randomUUID(), name: 'customer.create' as const, input: {} }
  const result = await runOperation(ctx, spec, (run) =>
    run.step('create', {
      call: (options) => stripe().customers.create({ name: 'Acme' }, options),
      find: async () => null,
    }),
  )
  expect(result).toEqual({ ok: false, error: { code: 'database_unavailable', reference: 'reference' } })
  expect((await sandbox.stripe.customers.list()).data).toEqual([])
  await closeDatabase()
})
