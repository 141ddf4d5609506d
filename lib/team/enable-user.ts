import 'server-only'
import { db } from '@/lib/db/client'

/** The person may sign in again; sessions of before stay ended. False when nobody has this address. */
export async function enableUser(email: string): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { email }, data: { disabledAt: null } })
  return count === 1
}
