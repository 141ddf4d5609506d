import 'server-only'
import Stripe from 'stripe'
import { impatient, stripe } from './client'

export type Account = { id: string; name: string | null }

/** Whose key it is; null when Stripe works but a restricted key may not read that. */
export async function readAccount(): Promise<Account | null> {
  try {
    const account = await stripe().accounts.retrieveCurrent({}, impatient)
    const name = account.settings?.dashboard.display_name || account.business_profile?.name || null
    return { id: account.id, name }
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return null
    throw error
  }
}
