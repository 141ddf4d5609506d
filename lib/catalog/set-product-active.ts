import 'server-only'
import type { ProductInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { refreshAfterWrite } from '@/lib/sync/refresh'

/** Archiving and restoring are one call to Stripe, with one word of difference. */
export function setProductActive(
  ctx: Ctx,
  { operationId, productId }: ProductInput,
  active: boolean,
): Promise<Result<Receipt>> {
  const name = active ? 'product.restore' : 'product.archive'
  const object = { type: 'product', id: productId }
  const input = { productId }
  return runOperation(ctx, { id: operationId, name, input, object }, async (run) => {
    const product = await stripe().products.update(
      productId,
      { active },
      { idempotencyKey: run.key('update') },
    )
    const receipt = receiptOf(product, product.active ? 'active' : 'archived')
    await run.reached('update', receipt.requestId)
    await refreshAfterWrite('product', productId)
    run.record({ before: { active: !active }, after: { active: product.active } })
    return receipt
  })
}
