import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { emitUpdate } from '@/sandbox/events'
import type { Wire } from '@/sandbox/wire'

export type Refund = Wire<Stripe.Refund>

export type RefundRecord = Omit<Refund, 'charge' | 'metadata' | 'status'> & {
  charge: string
  metadata: Record<string, string>
  status: 'pending' | 'succeeded' | 'failed'
}

export function serializeRefund(_ctx: Ctx, refund: RefundRecord) {
  return refund satisfies Refund
}

/** Puts `next` in the refund's place and tells of it, by its old name too. Nothing different, no event. */
export function changeRefund(ctx: Ctx, refund: RefundRecord, next: RefundRecord): RefundRecord {
  ctx.store.put('refunds', next)
  const [before, after] = [serializeRefund(ctx, refund), serializeRefund(ctx, next)]
  emitUpdate(ctx, 'refund.updated', before, after)
  emitUpdate(ctx, 'charge.refund.updated', before, after)
  return next
}
