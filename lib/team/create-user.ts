import 'server-only'
import { hashPassword } from '@/lib/auth/passwords'
import { db } from '@/lib/db/client'
import type { CreateUserInput } from '@/lib/domain/user-input'

/** False when somebody with this address exists already; that person is left as is. */
export async function createUser({ password, ...person }: CreateUserInput): Promise<boolean> {
  const passwordHash = await hashPassword(password)
  const { count } = await db().user.createMany({ data: [{ ...person, passwordHash }], skipDuplicates: true })
  return count === 1
}
