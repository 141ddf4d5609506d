import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import { moveInvoice } from './move-invoice'

/** Declares an invoice made in error void, for good. */
export const voidInvoice = (ctx: Ctx, input: InvoiceMoveInput) => moveInvoice(ctx, 'void', input)
