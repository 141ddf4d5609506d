import 'server-only'
import type { NextRequest } from 'next/server'
import { requestContext } from '@/lib/auth/context'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { may, type Permission } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import type { AppError } from '@/lib/domain/result'
import { log } from '@/lib/log/log'

type Params = Record<string, string>
type Read<P extends Params> = (ctx: Ctx, asked: { request: NextRequest; params: P }) => Promise<unknown>

/**
 * The one door for the browser's reads: a GET route handler that answers JSON from a use case, 404 where it found
 * nothing (null), and `{error: AppError}` otherwise. Nothing is cached: what is read belongs to one person.
 */
export function readRoute<P extends Params = Params>(permission: Permission, read: Read<P>) {
  return async (request: NextRequest, route: { params: Promise<P> }): Promise<Response> => {
    try {
      const ctx = await requestContext({ isActivity: false })
      if (!ctx) return refuse(401, { code: 'signed_out' })
      if (!may(ctx.actor.role, permission)) return refuse(403, { code: 'forbidden' })
      const data = await read(ctx, { request, params: await route.params })
      return data === null ? refuse(404, { code: 'not_found' }) : answer(200, data)
    } catch (error) {
      return failed(error)
    }
  }
}

function failed(error: unknown): Response {
  const reference = crypto.randomUUID()
  log.error({ err: error, requestId: reference }, 'read failed')
  return isDatabaseUnavailable(error)
    ? refuse(503, { code: 'database_unavailable', reference })
    : refuse(500, { code: 'unexpected', reference })
}

const refuse = (status: number, error: AppError) => answer(status, { error })

const answer = (status: number, body: unknown) =>
  Response.json(body, { status, headers: { 'cache-control': 'private, no-store' } })
