import 'server-only'
import { endSessionsOf } from '@/lib/auth/sessions'
import { db } from '@/lib/db/client'

/** Takes effect with the person's next request. False when nobody has this address. */
export async function disableUser(email: string): Promise<boolean> {
  const [user] = await db().user.updateManyAndReturn({ where: { email }, data: { disabledAt: new Date() } })
  if (!user) return false
  await endSessionsOf(user.id)
  return true
}
