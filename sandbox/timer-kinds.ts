import type { Ctx } from '@/sandbox/context'
import { endDiscount } from '@/sandbox/resources/customer-discount'
import { collectDue, finalizeDue, followUpDue } from '@/sandbox/resources/invoice-schedule'
import { expireIntent, settleIntent } from '@/sandbox/resources/payment-intent-settle'
import { settleRefund } from '@/sandbox/resources/refund-create'
import { verifyTaxId } from '@/sandbox/resources/tax-id-record'
import { deleteDue } from '@/sandbox/resources/test-clocks'
import { trim } from '@/sandbox/trimming'
import { redeliver } from '@/sandbox/webhooks/undelivered'

/**
 * What each kind of timer runs, with `ctx.now` at the moment it was set for and in the time of the clock it belongs
 * to. Each looks again whether it is still due: what it is about may have changed since, or be gone.
 */
export const timerKinds = {
  'discount.end': endDiscount,
  'invoice.collect': collectDue,
  'invoice.finalize': finalizeDue,
  'invoice.follow_up': followUpDue,
  'test_clock.delete': deleteDue,
  'payment_intent.expire': expireIntent,
  'payment_intent.settle': settleIntent,
  'refund.settle': settleRefund,
  'tax_id.verify': verifyTaxId,
  trim,
  'webhook.retry': redeliver,
} satisfies Record<string, (ctx: Ctx, about: string) => void>

export type TimerKind = keyof typeof timerKinds
