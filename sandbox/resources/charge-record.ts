import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { documentPath } from '@/sandbox/document-links'
import { emitUpdate } from '@/sandbox/events'
import { type RefundRecord, serializeRefund } from '@/sandbox/resources/refund-record'
import type { Wire, WireList } from '@/sandbox/wire'

export type Charge = Wire<Stripe.Charge>

/** `refunds` is absent unless asked for by `expand`. */
export type ChargeRecord = Omit<Charge, 'metadata' | 'receipt_url' | 'refunds' | 'status'> & {
  metadata: Record<string, string>
  status: 'succeeded' | 'pending' | 'failed'
}

/** Paid charges have a receipt. */
export function serializeCharge(ctx: Ctx, charge: ChargeRecord) {
  const receipt = charge.paid ? `${ctx.origin}${documentPath(ctx, 'receipts', charge.id)}?s=ap` : null
  return { ...charge, receipt_url: receipt } satisfies Charge
}

/** Writes the changed charge and `charge.updated` with what differs. */
export function changeCharge(ctx: Ctx, charge: ChargeRecord, change: Partial<ChargeRecord>): ChargeRecord {
  const changed = { ...charge, ...change }
  ctx.store.put('charges', changed)
  emitUpdate(ctx, 'charge.updated', serializeCharge(ctx, charge), serializeCharge(ctx, changed))
  return changed
}

/** What a charge can still give back, in minor units. */
export function refundableOf({ amount_captured: captured, amount_refunded: refunded }: ChargeRecord): number {
  return captured - refunded
}

/** The first page of a charge's refunds, newest first. */
export function refundsOf(ctx: Ctx, chargeId: string): WireList<object> {
  const refunds: RefundRecord[] = ctx.store.table('refunds').by('charge', chargeId).reverse()
  return {
    object: 'list',
    data: refunds.slice(0, 10).map((refund) => serializeRefund(ctx, refund)),
    has_more: refunds.length > 10,
    url: `/v1/charges/${chargeId}/refunds`,
  }
}
