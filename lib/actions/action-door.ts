import 'server-only'
import { createSafeActionClient, returnServerError } from 'next-safe-action'
import type { z } from 'zod'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { may, type Permission } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import { type AppError, AppFailure, fail, type Result } from '@/lib/domain/result'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { fieldReasons } from './field-reasons'
import { isOwnOrigin } from './own-origin'

/** Where the door learns of the request that it serves. */
export type RequestSource = { headers(): Promise<Pick<Headers, 'get'>>; context(): Promise<Ctx | null> }

export type ActionSpec<Input, Output, T> = {
  permission: Permission
  /** Strict: what it does not name is refused. */
  input: z.ZodType<Output, Input>
  run: (ctx: Ctx, input: Output) => Promise<Result<T>>
}

/**
 * The one door for writes. What it makes of a spec answers with a `Result`, whatever arrives: arguments of a server
 * action have any type and any number, whatever TypeScript says. Each step stops the request before the next one:
 * origin, who, what, may; then the use case. Field errors are reason codes keyed by path.
 *
 * The role is asked here for actions that are no operation; `runOperation` asks it again, for callers that are no action.
 */
export function createActionDoor(source: RequestSource) {
  const client = createSafeActionClient({ handleServerError: toAppError })
    .use(async ({ next }) => {
      const sent = await source.headers()
      const vouchers = { origin: sent.get('origin'), fetchSite: sent.get('sec-fetch-site') }
      if (!isOwnOrigin(vouchers, env().origins)) {
        log.warn(vouchers, 'action from another origin refused')
        return returnServerError<AppError>({ code: 'bad_origin' })
      }
      return next()
    })
    .use(async ({ next }) => {
      const ctx = await source.context()
      if (!ctx) return returnServerError<AppError>({ code: 'signed_out' })
      return next({ ctx: { request: ctx } })
    })

  return function defineAction<Input, Output, T>(
    spec: ActionSpec<Input, Output, T>,
  ): (input: Input) => Promise<Result<T>> {
    const action = client
      .inputSchema(spec.input, { handleValidationErrorsShape: async (errors) => fieldReasons(errors) })
      .action(async ({ parsedInput, ctx }) => {
        if (!may(ctx.request.actor.role, spec.permission)) return fail({ code: 'forbidden' })
        return spec.run(ctx.request, parsedInput)
      })
    return async (...given: unknown[]): Promise<Result<T>> => {
      // An Input only once the schema has said so; more or fewer arguments than one are none it knows.
      const input = (given.length === 1 ? given[0] : undefined) as Input
      const { data, serverError, validationErrors } = await action(input)
      if (serverError) return fail(serverError)
      if (validationErrors) return fail({ code: 'invalid_input', fields: validationErrors })
      return data ?? fail({ code: 'unexpected' })
    }
  }
}

function toAppError(error: Error): AppError {
  if (error instanceof AppFailure) return error.error
  const reference = crypto.randomUUID()
  log.error({ err: error, requestId: reference }, 'action failed')
  return { code: isDatabaseUnavailable(error) ? 'database_unavailable' : 'unexpected', reference }
}
