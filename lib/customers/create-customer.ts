import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { CreateCustomerInput } from '@/lib/domain/customer-input'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { findMadeCustomer, operationMark } from '@/lib/stripe/find-made'
import { refreshAfterWrite } from '@/lib/sync/refresh'

/** A customer, as Stripe then has it. */
export function createCustomer(
  ctx: Ctx,
  input: CreateCustomerInput,
): Promise<Result<{ customerId: string; receipt: Receipt }>> {
  return runOperation(ctx, { id: input.operationId, name: 'customer.create', input }, async (run) => {
    const done = await run.step('create', {
      makes: 'customer',
      call: (options) =>
        stripe().customers.create(
          {
            name: input.name,
            email: input.email,
            description: input.description || undefined,
            metadata: { [operationMark]: run.id },
          },
          options,
        ),
      find: () => findMadeCustomer(run),
    })
    const { id, name, email } = done.object
    await refreshAfterWrite('customer', id)
    run.record({ after: { name: name ?? null, email } })
    return { customerId: id, receipt: receiptOf(done, 'created') }
  })
}
