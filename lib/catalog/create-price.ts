import 'server-only'
import type { CreatePriceInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { type OperationRun, runOperation } from '@/lib/operations/run-operation'
import { impatient, stripe } from '@/lib/stripe/client'
import { findMadePrice, operationMark, orMissing } from '@/lib/stripe/find-made'
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
    const done = await run.step('create', {
      call: (options) =>
        stripe().prices.create(
          {
            product: productId,
            currency,
            unit_amount: typedAmount(input.amount, currency),
            nickname: input.nickname || undefined,
            metadata: { [operationMark]: run.id },
          },
          options,
        ),
      find: () => findMadePrice(run, productId),
    })
    const price = done.object
    // Before the next step: whatever becomes of that, the price exists and shall be seen.
    await refreshAfterWrite('price', price.id)
    if (input.isDefault) await makeDefault(run, productId, price.id)
    run.record({ after: { price: price.id, unitAmount: price.unit_amount, currency: price.currency } })
    return { priceId: price.id, receipt: receiptOf(done, price.active ? 'active' : 'archived') }
  })
}

async function makeDefault(run: OperationRun, productId: string, priceId: string): Promise<void> {
  await run.step('default', {
    call: (options) => stripe().products.update(productId, { default_price: priceId }, options),
    find: async ({ isConfirmed }) => {
      const product = await orMissing(stripe().products.retrieve(productId, {}, impatient))
      // Once confirmed it is done, whichever price somebody has made the default one since.
      return isConfirmed || product?.default_price === priceId ? product : null
    },
  })
  await refreshAfterWrite('product', productId)
}
