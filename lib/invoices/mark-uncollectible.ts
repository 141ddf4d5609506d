import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import { moveInvoice } from './move-invoice'

/** Gives an open invoice up as bad debt; it can still be paid or voided. */
export const markUncollectible = (ctx: Ctx, input: InvoiceMoveInput) =>
  moveInvoice(ctx, 'mark_uncollectible', input)
