import 'server-only'
import { pool } from '@/lib/db/client'
import { readAccount } from '@/lib/stripe/read-account'

/** The key belongs to another account than the one this database mirrors. */
export class ForeignAccount extends Error {
  override name = 'ForeignAccount'
  constructor(given: string, pinned: string) {
    super(`The Stripe key belongs to ${given}, but this database mirrors ${pinned}.`)
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
