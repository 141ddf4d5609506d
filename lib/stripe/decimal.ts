import Stripe from 'stripe'

/** A plain decimal string (`12.5`) as the SDK sends it: exactly, never through a float. */
export function decimal(text: string): Stripe.Decimal {
  return Stripe.Decimal.from(text)
}
