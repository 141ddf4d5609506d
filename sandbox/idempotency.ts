import { createHash } from 'node:crypto'
import type { Ctx } from '@/sandbox/context'
import { StripeError } from '@/sandbox/http/errors'
import { isExpired } from '@/sandbox/trimming'

/** The first answer given under a key; later requests with it get the same bytes. */
export type AnswerRecord = {
  /** The idempotency key. */
  id: string
  paramsHash: string
  status: number
  body: string
  requestId: string
  /** Unix seconds on the world's clock. */
  written: number
}

/** Equal for requests that ask for the same thing: method, path and parameters in any order. */
export function hashRequest(method: string, path: string, params: unknown): string {
  return createHash('sha256')
    .update(`${method} ${path} ${canonical(params)}`)
    .digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join()}}`
}

/**
 * The answer already given under `key`, or undefined when the key is new.
 * @throws StripeError idempotency_error when the key was used for another request
 */
export function knownAnswer(ctx: Ctx, key: string, paramsHash: string): AnswerRecord | undefined {
  const answer = ctx.store.get('answers', key)
  if (!answer || isExpired(ctx, 'answers', answer)) return undefined
  if (answer.paramsHash !== paramsHash) {
    throw new StripeError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    })
  }
  return answer
}

/** Keys of requests that have been taken and not been answered yet. */
export class KeysInUse {
  readonly #keys = new Set<string>()

  /** @throws StripeError 409 while another request holds the key */
  take(key: string): void {
    if (this.#keys.has(key)) {
      throw new StripeError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      })
    }
    this.#keys.add(key)
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  release(key: string): void {
    this.#keys.delete(key)
  }
}
