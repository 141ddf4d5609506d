import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import { userEmail } from '@/lib/domain/user-input'
import { isPassword } from './passwords'
import { openSession } from './sessions'
import { forgetTries, takeTry } from './sign-in-tries'

// Not strict: next-auth adds fields of its own.
const credentials = z.object({ email: userEmail, password: z.string().min(1).max(1024) })

export type SignIn = { sessionId: string } | { refused: 'credentials' | 'too_many_tries' }

/**
 * Opens a session for whoever knows the password. Unknown address, wrong password and disabled person are one answer
 * that takes one time. `replaced` is the session this browser had; it ends.
 */
export async function signIn(input: unknown, replaced: string | null): Promise<SignIn> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return { refused: 'credentials' }
  const { email, password } = parsed.data
  if (!(await takeTry(email))) return { refused: 'too_many_tries' }
  const user = await db().user.findUnique({ where: { email } })
  const isKnown = await isPassword(password, user?.passwordHash ?? null)
  if (!isKnown || !user || user.disabledAt !== null) return { refused: 'credentials' }
  await forgetTries(email)
  return { sessionId: await openSession(user.id, replaced) }
}
