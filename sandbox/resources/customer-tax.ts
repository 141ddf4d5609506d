import { isIP } from 'node:net'
import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import { checked, clearable, hash, oneOf, type Params, text } from '@/sandbox/http/params'
import type { CustomerRecord } from '@/sandbox/resources/customer-record'
import type { Wire } from '@/sandbox/wire'

const taxShape = {
  ip_address: clearable(
    checked(text(45), (value) => (isIP(value) ? undefined : `Invalid IP address: ${value}`)),
  ),
  validate_location: oneOf('auto', 'deferred', 'immediately'),
}

export const taxRule = hash(taxShape)

/** @throws StripeError when the location has to be known at once and is not */
export function checkLocation(customer: CustomerRecord, input: Params<typeof taxShape>): void {
  if (input.validate_location !== 'immediately' || locationOf(customer) !== null) return
  throw invalidRequest("The customer's location isn't recognized. Set a valid customer address.", {
    code: 'customer_tax_location_invalid',
    param: 'address',
  })
}

/** What Stripe Tax, which the sandbox does not have, would say of the customer. */
export function taxOf(ctx: Ctx, customerId: string) {
  const customer = referred(ctx, 'customers', customerId)
  const location = locationOf(customer)
  return {
    automatic_tax: location ? 'not_collecting' : 'unrecognized_location',
    ip_address: customer.ipAddress ?? null,
    location,
    provider: 'stripe',
  } satisfies Wire<Stripe.Customer.Tax>
}

function locationOf({ address, shipping }: CustomerRecord): Stripe.Customer.Tax.Location | null {
  const places = [
    { source: 'shipping_destination', place: shipping?.address },
    { source: 'billing_address', place: address },
  ] as const
  for (const { source, place } of places) {
    if (place?.country) return { country: place.country, source, state: place.state }
  }
  return null
}
