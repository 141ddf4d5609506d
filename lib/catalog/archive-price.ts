import 'server-only'
import type { PriceInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { runOperation } from '@/lib/operations/run-operation'
import { impatient, stripe } from '@/lib/stripe/client'
import { orMissing } from '@/lib/stripe/find-made'
import { refreshAfterWrite } from '@/lib/sync/refresh'

/** No new line can use it; drafts and invoices that have it keep it. Stripe knows no deleting of prices. */
export function archivePrice(ctx: Ctx, input: PriceInput): Promise<Result<Receipt>> {
  const { operationId, priceId } = input
  const object = { type: 'price', id: priceId }
  return runOperation(ctx, { id: operationId, name: 'price.archive', input, object }, async (run) => {
    const done = await run.step('update', {
      call: (options) => stripe().prices.update(priceId, { active: false }, options),
      find: async () => {
        const price = await orMissing(stripe().prices.retrieve(priceId, {}, impatient))
        return price?.active === false ? price : null
      },
    })
    const { active } = done.object
    await refreshAfterWrite('price', priceId)
    run.record({ before: { active: true }, after: { active } })
    return receiptOf(done, active ? 'active' : 'archived')
  })
}
