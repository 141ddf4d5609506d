import { invalidRequest } from '@/sandbox/http/errors'

/** @throws StripeError 400 for a secret that is not the intent's; whoever has the account's key need not say any */
export function checkSecret(
  given: string | undefined,
  { object, client_secret: own }: { object: 'payment_intent' | 'setup_intent'; client_secret: string | null },
): void {
  if (given === undefined || given === own) return
  const kind = object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'
  throw invalidRequest(`The client_secret provided does not match the ${kind}.`, { param: 'client_secret' })
}
