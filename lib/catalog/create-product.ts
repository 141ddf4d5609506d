import 'server-only'
import type { CreateProductInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { findMadeProduct, operationMark } from '@/lib/stripe/find-made'
import { idOrNull } from '@/lib/stripe/read'
import { refreshAfterWrite } from '@/lib/sync/refresh'
import { typedAmount } from './typed-amount'

/** A product, and its first price where one is given: one call to Stripe makes both, so that neither can be missing. */
export function createProduct(
  ctx: Ctx,
  input: CreateProductInput,
): Promise<Result<{ productId: string; receipt: Receipt }>> {
  return runOperation(ctx, { id: input.operationId, name: 'product.create', input }, async (run) => {
    const metadata = { [operationMark]: run.id }
    const { price } = input
    const done = await run.step('create', {
      makes: 'product',
      call: (options) =>
        stripe().products.create(
          {
            name: input.name,
            description: input.description || undefined,
            metadata,
            default_price_data: price && {
              currency: price.currency,
              unit_amount: typedAmount(price.amount, price.currency),
              metadata,
            },
          },
          options,
        ),
      find: () => findMadeProduct(run),
    })
    const product = done.object
    await refreshAfterWrite('product', product.id)
    const made = idOrNull(product.default_price)
    if (made !== null) await refreshAfterWrite('price', made)
    run.record({ after: { name: product.name, active: product.active } })
    return { productId: product.id, receipt: receiptOf(done, product.active ? 'active' : 'archived') }
  })
}
