import 'server-only'
import type { ProductInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { impatient, stripe } from '@/lib/stripe/client'
import { orMissing } from '@/lib/stripe/find-made'
import { refreshAfterWrite } from '@/lib/sync/refresh'

/** Archiving and restoring are one call to Stripe, with one word of difference. */
export function setProductActive(ctx: Ctx, input: ProductInput, active: boolean): Promise<Result<Receipt>> {
  const { operationId, productId } = input
  const name = active ? 'product.restore' : 'product.archive'
  const object = { type: 'product', id: productId }
  return runOperation(ctx, { id: operationId, name, input, object }, async (run) => {
    const done = await run.step('update', {
      call: (options) => stripe().products.update(productId, { active }, options),
      find: async () => {
        const product = await orMissing(stripe().products.retrieve(productId, {}, impatient))
        return product?.active === active ? product : null
      },
    })
    await refreshAfterWrite('product', productId)
    run.record({ before: { active: !active }, after: { active: done.object.active } })
    return receiptOf(done, done.object.active ? 'active' : 'archived')
  })
}
