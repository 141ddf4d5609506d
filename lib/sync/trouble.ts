import 'server-only'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { UnknownValue } from '@/lib/stripe/read'
import { isUnreachable, readStripeError } from '@/lib/stripe/to-app-error'
import { ForeignAccount } from './foreign-account'

export type Trouble = {
  /** One sentence for whoever reads the list of objects that could not be mirrored. */
  reason: string
  /** Trying this object again and again does not help, as opposed to a trouble that all objects share. */
  isObjectsOwn: boolean
}

/** What kept an object from being mirrored. */
export function describeTrouble(error: unknown): Trouble {
  if (error instanceof UnknownValue)
    return { reason: `Not understood: ${error.message}.`, isObjectsOwn: true }
  if (error instanceof ForeignAccount) return { reason: error.message, isObjectsOwn: false }
  if (isUnreachable(error)) return { reason: 'Stripe could not be reached.', isObjectsOwn: false }
  const stripe = readStripeError(error)?.error
  if (stripe?.code === 'stripe_busy') return { reason: 'Stripe was busy.', isObjectsOwn: false }
  if (stripe?.code === 'stripe_credentials') {
    return { reason: stripe.stripe?.message ?? 'Stripe does not accept the key.', isObjectsOwn: false }
  }
  if (stripe) return { reason: `Stripe refused: ${stripe.stripe?.message}`, isObjectsOwn: true }
  if (isDatabaseUnavailable(error) || isOvertaken(error))
    return { reason: 'The database could not be used.', isObjectsOwn: false }
  return {
    reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    isObjectsOwn: true,
  }
}

/** PostgreSQL chose this transaction to give way to another one. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001')
}
