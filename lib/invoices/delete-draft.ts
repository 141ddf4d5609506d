import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import { moveInvoice } from './move-invoice'

/** Deletes a draft with its lines. */
export const deleteDraft = (ctx: Ctx, input: InvoiceMoveInput) => moveInvoice(ctx, 'delete_draft', input)
