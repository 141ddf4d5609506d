import 'server-only'
import { decode } from 'next-auth/jwt'
import { env } from '@/lib/env'

const isSecure = () => env().appUrl.startsWith('https:')

/** The one cookie that signs people in. Lax, so that a link in a mail finds them signed in. */
export function sessionCookie() {
  return {
    name: `${isSecure() ? '__Secure-' : ''}next-auth.session-token`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const,
  }
}

/** The session id that the cookie's encrypted token carries; null for a token that is not ours or has expired. */
export async function readSessionCookie(token: string | undefined): Promise<string | null> {
  try {
    const claims = await decode({ token, secret: env().nextAuthSecret })
    return typeof claims?.sid === 'string' ? claims.sid : null
  } catch {
    return null
  }
}
