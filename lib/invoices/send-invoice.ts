import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import { moveInvoice } from './move-invoice'

/** Has Stripe mail the invoice to its customer; a draft is finalized on the way. */
export const sendInvoice = (ctx: Ctx, input: InvoiceMoveInput) => moveInvoice(ctx, 'send', input)
