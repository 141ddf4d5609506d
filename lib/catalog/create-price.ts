import 'server-only'
import type { CreatePriceInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { refreshAfterWrite } from '@/lib/sync/refresh'
import { typedAmount } from './typed-amount'

/** A further price of a product; it becomes the default one where `isDefault` says so. */
export function createPrice(
  ctx: Ctx,
  input: CreatePriceInput,
): Promise<Result<{ priceId: string; receipt: Receipt }>> {
  const { operationId, productId, currency } = input
  const object = { type: 'product', id: productId }
  return runOperation(ctx, { id: operationId, name: 'price.create', input, object }, async (run) => {
    const price = await stripe().prices.create(
      {
        product: productId,
        currency,
        unit_amount: typedAmount(input.amount, currency),
        nickname: input.nickname || undefined,
        metadata: { duebook_operation: run.id },
      },
      { idempotencyKey: run.key('create') },
    )
    const receipt = receiptOf(price, price.active ? 'active' : 'archived')
    await run.reached('create', receipt.requestId)
    // Before the next step: whatever becomes of that, the price exists and shall be seen.
    await refreshAfterWrite('price', price.id)
    if (input.isDefault) {
      const product = await stripe().products.update(
        productId,
        { default_price: price.id },
        { idempotencyKey: run.key('default') },
      )
      await run.reached('default', product.lastResponse.requestId)
      await refreshAfterWrite('product', productId)
    }
    run.record({ after: { price: price.id, unitAmount: price.unit_amount, currency: price.currency } })
    return { priceId: price.id, receipt }
  })
}
