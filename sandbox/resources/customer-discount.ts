import { type Ctx, referred } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import { endpoint } from '@/sandbox/http/endpoint'
import { noSuch } from '@/sandbox/http/errors'
import { defaultCurrency } from '@/sandbox/resources/account'
import { type CustomerRecord, changeCustomer, livingCustomer } from '@/sandbox/resources/customer-record'
import { deletedDiscount, serializeDiscount } from '@/sandbox/resources/discount-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { redeemCoupon } from '@/sandbox/resources/redeem-discounts'
import { inTimeOf } from '@/sandbox/time-of'
import { setTimer } from '@/sandbox/timers'

/** The discount of a coupon that takes the place of the customer's; null takes theirs off. Answers its id. */
export function changeDiscount(ctx: Ctx, customer: CustomerRecord, coupon: string | null): string | null {
  if (coupon === null) return null
  const discount = redeemCoupon(
    ctx,
    coupon,
    {
      customer: customer.id,
      invoice: null,
      invoiceItem: null,
      currency: customer.currency ?? defaultCurrency,
      amount: () => 0,
      known: [],
    },
    'coupon',
  )
  return discount.id
}

/**
 * Tells what happened to a customer's discount, marks the one they had as gone and lets the new one end in its time.
 * @param before ids, or null for none
 */
export function tellDiscountChange(ctx: Ctx, before: string | null, after: string | null): void {
  if (before === after) return
  const old = before === null ? null : referred(ctx, 'discounts', before)
  const current = after === null ? null : referred(ctx, 'discounts', after)
  if (old) {
    ctx.store.put('discounts', { ...old, gone: true })
    setTimer(inTimeOf(ctx, old.customer), 'discount.end', old.id, null)
  }
  if (current) setTimer(inTimeOf(ctx, current.customer), 'discount.end', current.id, current.end)
  const [was, is] = [old && serializeDiscount(ctx, old), current && serializeDiscount(ctx, current)]
  if (was && is) emitUpdate(ctx, 'customer.discount.updated', was, is)
  else if (is) emit(ctx, 'customer.discount.created', is)
  else if (was) emit(ctx, 'customer.discount.deleted', was)
}

/** Takes the discount off its customer; invoices that have it keep it. */
function takeDiscountOff(ctx: Ctx, customer: CustomerRecord): void {
  changeCustomer(ctx, customer, { discount: null })
  tellDiscountChange(ctx, customer.discount, null)
}

/** A customer's discount that is good for one invoice is over once that is final. */
export function spendDiscount(ctx: Ctx, invoice: InvoiceRecord): void {
  const customer = referred(ctx, 'customers', invoice.customer)
  const { discount: id } = customer
  if (id === null || !invoice.discounts.includes(id)) return
  const coupon = referred(ctx, 'coupons', referred(ctx, 'discounts', id).coupon)
  if (coupon.duration === 'once') takeDiscountOff(ctx, customer)
}

/** Discounts of some months end by themselves. */
export function endDiscount(ctx: Ctx, id: string): void {
  const { customer: owner } = referred(ctx, 'discounts', id)
  const customer = owner === null ? undefined : ctx.store.get('customers', owner)
  if (customer && !customer.gone && customer.discount === id) takeDiscountOff(ctx, customer)
}

export const customerDiscountEndpoints = [
  endpoint({
    route: 'DELETE /v1/customers/:id/discount',
    returns: 'discount',
    run(ctx, _, id) {
      const customer = livingCustomer(ctx, id, 'customer', 404)
      if (customer.discount === null) throw noSuch('discount', id, 'customer', 404)
      const discount = referred(ctx, 'discounts', customer.discount)
      takeDiscountOff(ctx, customer)
      return deletedDiscount(discount)
    },
  }),
]
