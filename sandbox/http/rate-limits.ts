import { StripeError } from '@/sandbox/http/errors'

/** Requests within one second of real time that a test account may make, in all and to search. */
const mostRequests = 25
const mostSearches = 20

const second = 1000

/** Stripe's limits on how often and how much at once it is asked, for an account in test mode. */
export class RateLimits {
  readonly #all: number[] = []
  readonly #searches: number[] = []

  /**
   * Counts a request.
   * @param now real milliseconds, from any moment on
   * @throws StripeError 429 when there were too many within a second; such a request does not count
   */
  count(path: string, now: number): void {
    const isSearch = path.endsWith('/search')
    if (recent(this.#all, now) >= mostRequests) throw tooMany('global-rate')
    if (isSearch && recent(this.#searches, now) >= mostSearches) throw tooMany('endpoint-rate')
    this.#all.push(now)
    if (isSearch) this.#searches.push(now)
  }
}

function recent(times: number[], now: number): number {
  while (times[0] !== undefined && times[0] <= now - second) times.shift()
  return times.length
}

function tooMany(reason: 'global-rate' | 'endpoint-rate'): StripeError {
  const message =
    'Testmode request rate limit exceeded, the rate limits in testmode are lower than livemode. You can learn more about rate limits here https://stripe.com/docs/rate-limits.'
  return new StripeError(429, { type: 'invalid_request_error', code: 'rate_limit', message }, false, {
    'stripe-rate-limited-reason': reason,
  })
}

/** Objects that a request writes to and that no other may write to before it is answered. */
export class ObjectsInUse {
  readonly #ids = new Set<string>()

  /**
   * @returns gives them back
   * @throws StripeError 429 `lock_timeout` while another request has one of them
   */
  take(ids: readonly string[]): () => void {
    if (ids.some((id) => this.#ids.has(id))) {
      throw new StripeError(429, {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message:
          'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.',
      })
    }
    for (const id of ids) this.#ids.add(id)
    return () => {
      for (const id of ids) this.#ids.delete(id)
    }
  }
}
