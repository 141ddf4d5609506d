import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { CreateCustomerInput } from '@/lib/domain/customer-input'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { refreshAfterWrite } from '@/lib/sync/refresh'

export function createCustomer(
  ctx: Ctx,
  input: CreateCustomerInput,
): Promise<Result<{ customerId: string; receipt: Receipt }>> {
  return runOperation(ctx, { id: input.operationId, name: 'customer.create', input }, async (run) => {
    const customer = await stripe().customers.create(
      {
        name: input.name,
        email: input.email,
        description: input.description || undefined,
        metadata: { duebook_operation: run.id },
      },
      { idempotencyKey: run.key('create') },
    )
    const receipt = receiptOf(customer, 'created')
    await run.concerns({ type: 'customer', id: customer.id })
    await run.reached('create', receipt.requestId)
    await refreshAfterWrite('customer', customer.id)
    run.record({ after: { name: customer.name ?? null, email: customer.email } })
    return { customerId: customer.id, receipt }
  })
}
