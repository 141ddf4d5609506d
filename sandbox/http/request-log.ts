import type { ErrorBody } from '@/sandbox/http/errors'

/** One request to the API, whatever became of it. */
export type LoggedRequest = {
  /** The `Request-Id` of its answer. */
  id: string
  /** Unix seconds on the sandbox's clock. */
  time: number
  method: string
  path: string
  /** Its parameters as form text, cut where it is long. */
  params: string
  idempotencyKey: string | null
  /** Null when it was never answered, because a fault kept it hanging or cut the connection. */
  status: number | null
  replayed: boolean
  error: Pick<ErrorBody, 'type' | 'code' | 'message' | 'param' | 'decline_code'> | null
  /** Milliseconds until the answer was ready. */
  durationMs: number
}

const mostRequests = 1000
const mostText = 2000

/** The latest requests, reads and refused ones too. In memory only: what has to last is in the ledger. */
export class RequestLog {
  #requests: LoggedRequest[] = []

  /** @param tell hears of each */
  constructor(private readonly tell: (request: LoggedRequest) => void) {}

  note(request: LoggedRequest): void {
    this.tell(request)
    this.#requests.push({ ...request, params: shortened(request.params) })
    if (this.#requests.length >= 2 * mostRequests) this.#requests = this.#requests.slice(-mostRequests)
  }

  /** Oldest first. */
  latest(): LoggedRequest[] {
    return this.#requests.slice(-mostRequests)
  }

  clear(): void {
    this.#requests = []
  }
}

/** A copy, because a slice would keep the long text alive. */
function shortened(text: string): string {
  return text.length <= mostText ? text : `${Buffer.from(text.slice(0, mostText)).toString()}…`
}
