import 'server-only'
import type { ProductInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { setProductActive } from './set-product-active'

/** No new line can use it; drafts and invoices that have it keep it. */
export function archiveProduct(ctx: Ctx, input: ProductInput): Promise<Result<Receipt>> {
  return setProductActive(ctx, input, false)
}
