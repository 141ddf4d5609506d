import 'server-only'
import Stripe from 'stripe'
import { pool } from '@/lib/db/client'
import { impatient, stripe } from '@/lib/stripe/client'

export type Account = { id: string; name: string | null }

/** The key belongs to another account than the one this database mirrors. */
export class ForeignAccount extends Error {
  override name = 'ForeignAccount'
  constructor(given: string, pinned: string) {
    super(`The Stripe key belongs to ${given}, but this database mirrors ${pinned}.`)
  }
}

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

/** Throws `ForeignAccount` when the key is not that of the account this database was begun with. */
export async function refuseForeignAccount(): Promise<void> {
  const { rows } = await pool().query('select account_id from sync_status where id = 1')
  const pinned: string | null = rows[0]?.account_id ?? null
  if (pinned === null) return
  const account = await readAccount()
  if (account !== null && account.id !== pinned) throw new ForeignAccount(account.id, pinned)
}
