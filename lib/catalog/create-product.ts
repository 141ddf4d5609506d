import 'server-only'
import type { CreateProductInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { refreshAfterWrite } from '@/lib/sync/refresh'
import { typedAmount } from './typed-amount'

/** A product, and its first price where one is given: one call to Stripe makes both, so that neither can be missing. */
export function createProduct(
  ctx: Ctx,
  input: CreateProductInput,
): Promise<Result<{ productId: string; receipt: Receipt }>> {
  return runOperation(ctx, { id: input.operationId, name: 'product.create', input }, async (run) => {
    const metadata = { duebook_operation: run.id }
    const product = await stripe().products.create(
      {
        name: input.name,
        description: input.description || undefined,
        metadata,
        default_price_data: input.price && {
          currency: input.price.currency,
          unit_amount: typedAmount(input.price.amount, input.price.currency),
          metadata,
        },
      },
      { idempotencyKey: run.key('create') },
    )
    const receipt = receiptOf(product, product.active ? 'active' : 'archived')
    await run.concerns({ type: 'product', id: product.id })
    await run.reached('create', receipt.requestId)
    await refreshAfterWrite('product', product.id)
    const price = product.default_price
    if (price) await refreshAfterWrite('price', typeof price === 'string' ? price : price.id)
    run.record({ after: { name: product.name, active: product.active } })
    return { productId: product.id, receipt }
  })
}
