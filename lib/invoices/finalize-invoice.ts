import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import { moveInvoice } from './move-invoice'

/** Makes a draft final: it gets its number and becomes payable, and can no longer be changed. */
export const finalizeInvoice = (ctx: Ctx, input: InvoiceMoveInput) => moveInvoice(ctx, 'finalize', input)
