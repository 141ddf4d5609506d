import 'server-only'
import { isMissing } from '@/lib/stripe/to-app-error'
import { refuseForeignAccount } from './foreign-account'

/**
 * What Stripe has, or null where it has no such object. To another account's key every object is missing, and believing
 * that would empty the mirror, so the account is looked at first.
 */
export async function orMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (!isMissing(error)) throw error
    await refuseForeignAccount()
    return null
  }
}
