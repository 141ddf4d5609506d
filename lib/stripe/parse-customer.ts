import type Stripe from 'stripe'
import { rawJson } from './raw'
import { instant } from './read'

export function parseCustomer(customer: Stripe.Customer) {
  return {
    id: customer.id,
    name: customer.name ?? null,
    email: customer.email,
    description: customer.description,
    currency: customer.currency ?? null,
    balance: BigInt(customer.balance),
    createdAt: instant(customer.created),
    raw: rawJson(customer),
  }
}
