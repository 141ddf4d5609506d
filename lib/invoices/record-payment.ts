import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import type { RecordPaymentInput } from '@/lib/domain/invoice-input'
import { moveInvoice } from './move-invoice'

/** Notes that an invoice was paid outside Stripe, in full; how it was paid goes into the audit trail. */
export const recordPayment = (ctx: Ctx, input: RecordPaymentInput) =>
  moveInvoice(ctx, 'pay_out_of_band', input)
