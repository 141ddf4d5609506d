import 'server-only'
import { db } from '@/lib/db/client'
import type { Role } from '@/lib/domain/access'

/** Takes effect with the person's next request. False when nobody has this address. */
export async function changeRole(email: string, role: Role): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { email }, data: { role } })
  return count === 1
}
