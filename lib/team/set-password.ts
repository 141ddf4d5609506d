import 'server-only'
import { hashPassword } from '@/lib/auth/passwords'
import { endSessionsOf } from '@/lib/auth/sessions'
import { db } from '@/lib/db/client'

/** Ends every session that was opened with the old password. False when nobody has this address. */
export async function setPassword(email: string, password: string): Promise<boolean> {
  const passwordHash = await hashPassword(password)
  const [user] = await db().user.updateManyAndReturn({ where: { email }, data: { passwordHash } })
  if (!user) return false
  await endSessionsOf(user.id)
  return true
}
