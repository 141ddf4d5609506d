import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { type CustomerRecord, serializeCustomer } from '@/sandbox/resources/customer-record'
import { forgetTaxIds } from '@/sandbox/resources/tax-id-record'

/** Deletes a customer with its tax ids, and tells of it as it was; its invoices stay. */
export function deleteCustomer(ctx: Ctx, customer: CustomerRecord): void {
  forgetTaxIds(ctx, customer.id)
  ctx.store.put('customers', { ...customer, gone: true })
  emit(ctx, 'customer.deleted', serializeCustomer(ctx, customer))
}
