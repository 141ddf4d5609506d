import 'server-only'
import type { ProductInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import type { Receipt } from '@/lib/domain/receipt'
import type { Result } from '@/lib/domain/result'
import { setProductActive } from './set-product-active'

/** New lines can use it again, with those of its prices that are active. */
export function restoreProduct(ctx: Ctx, input: ProductInput): Promise<Result<Receipt>> {
  return setProductActive(ctx, input, true)
}
