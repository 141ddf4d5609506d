import 'server-only'
import type { PriceInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { refreshAfterWrite } from '@/lib/sync/refresh'

/** No new line can use it; drafts and invoices that have it keep it. Stripe knows no deleting of prices. */
export function archivePrice(ctx: Ctx, input: PriceInput): Promise<Result<Receipt>> {
  const { operationId, priceId } = input
  const object = { type: 'price', id: priceId }
  return runOperation(ctx, { id: operationId, name: 'price.archive', input, object }, async (run) => {
    const price = await stripe().prices.update(
      priceId,
      { active: false },
      { idempotencyKey: run.key('update') },
    )
    const receipt = receiptOf(price, price.active ? 'active' : 'archived')
    await run.reached('update', receipt.requestId)
    await refreshAfterWrite('price', priceId)
    run.record({ before: { active: true }, after: { active: price.active } })
    return receipt
  })
}
