import 'server-only'
import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { may, type Permission } from '@/lib/domain/access'
import type { Actor, Ctx } from '@/lib/domain/context'
import { signInPath } from './next-path'
import { readSessionCookie, sessionCookie } from './session-cookie'
import { findSession } from './sessions'

/** The session id in this request's cookie; that it opens anything only the database can say. */
export async function readSessionId(): Promise<string | null> {
  const jar = await cookies()
  return readSessionCookie(jar.get(sessionCookie().name)?.value)
}

/** One read of the database a rendered request, however many of its parts ask. */
const readActorOnce = cache(async (isActivity: boolean): Promise<Actor | null> => {
  const sessionId = await readSessionId()
  return sessionId === null ? null : findSession(sessionId, { isActivity })
})

type Reading = {
  /** False for what a browser asks by itself: it must not keep an abandoned session alive. */
  isActivity?: boolean
}

/** Who sends this request, as the database has them now; null when nobody is signed in. */
export function readActor({ isActivity = true }: Reading = {}): Promise<Actor | null> {
  return readActorOnce(isActivity)
}

export async function requestContext(reading: Reading = {}): Promise<Ctx | null> {
  const actor = await readActor(reading)
  return actor && { actor, now: new Date(), requestId: crypto.randomUUID() }
}

/** For pages: sends people without a session to sign in and back, and shows others what they may see or nothing. */
export async function pageContext(permission: Permission): Promise<Ctx> {
  const ctx = await requestContext()
  if (!ctx) redirect(signInPath((await headers()).get('x-path') ?? '/'))
  if (!may(ctx.actor.role, permission)) notFound()
  return ctx
}
