import 'server-only'
import { db } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { CustomerDetail } from '@/lib/domain/customer-view'
import { stripeId } from '@/lib/domain/fields'
import { toMinorUnits } from '@/lib/domain/money'
import { openAmounts } from './open-amounts'

const customerId = stripeId('cus')

/** Also one that Stripe has deleted, as it was known last: its invoices still name it. Null when unknown. */
export async function getCustomer(_ctx: Ctx, id: string): Promise<CustomerDetail | null> {
  if (!customerId.safeParse(id).success) return null
  const customer = await db().customer.findUnique({ where: { id }, omit: { raw: true } })
  if (!customer) return null
  const open = await openAmounts([id])
  return {
    id,
    name: customer.name,
    email: customer.email,
    description: customer.description,
    currency: customer.currency,
    balance: toMinorUnits(customer.balance),
    open: open.get(id) ?? [],
    isDeleted: customer.deletedAt !== null,
    createdAt: customer.createdAt.toISOString(),
    mirroredAt: customer.mirroredAt.toISOString(),
  }
}
