import 'server-only'
import type { AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { TooBusy } from './passwords'
import { sessionCookie } from './session-cookie'
import { endSession, sessionSeconds } from './sessions'
import { signIn } from './sign-in'

/** What the sign-in page may read in `error=`; beside these there is next-auth's `CredentialsSignin`. */
export type SignInError = 'too_many_tries' | 'unavailable'

/**
 * next-auth's settings for one request. Its token carries a session id and nothing else: what the id is worth the
 * database says at every request. `previousSessionId` is what the browser came with; signing in ends it.
 */
export function authOptions(previousSessionId: string | null): AuthOptions {
  return {
    secret: env().nextAuthSecret,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    useSecureCookies: env().appUrl.startsWith('https:'),
    cookies: { sessionToken: sessionCookie() },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        name: 'Duebook',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) => {
          const sessionId = await authorize(credentials, previousSessionId)
          return sessionId === null ? null : { id: sessionId }
        },
      }),
    ],
    callbacks: {
      // What a browser sends with `update` is not looked at.
      jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await endSession(token.sid)
      },
    },
    logger: {
      error: (code, metadata) => log.error({ code, err: metadata }, 'next-auth'),
      warn: (code) => log.warn({ code }, 'next-auth'),
      debug: () => undefined,
    },
  }
}

/** The text of what this throws ends in the address bar, so it is one of two words. */
async function authorize(credentials: unknown, previousSessionId: string | null): Promise<string | null> {
  const answer = await signIn(credentials, previousSessionId).catch((error: unknown) => {
    log.error({ err: error, isDatabaseUnavailable: isDatabaseUnavailable(error) }, 'sign-in failed')
    throw signInError(error instanceof TooBusy ? 'too_many_tries' : 'unavailable')
  })
  if ('sessionId' in answer) return answer.sessionId
  if (answer.refused === 'too_many_tries') throw signInError('too_many_tries')
  return null
}

const signInError = (code: SignInError) => new Error(code)
