import 'server-only'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { shareCommits } from '@/lib/db/share-commits'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { type ParsedEvent, parseEvent } from '@/lib/stripe/parse-event'
import { type SignatureProblem, verifySignature } from '@/lib/stripe/verify-signature'
import { observeCommit } from './metrics'
import { type KeptEvent, storeEvents } from './store-events'
import { wakeWorkers } from './wake'

/**
 * `stored`: its object will be looked at. `ignored`: kept, but it concerns nothing that is mirrored. `quarantined`: kept, but
 * it comes from another mode or account. `duplicate`: it is here already, nothing was done.
 */
export type Reception = 'stored' | 'ignored' | 'quarantined' | 'duplicate'
export type Rejection = SignatureProblem | 'not_text' | 'not_an_event'
export type Received = { accepted: true; as: Reception } | { accepted: false; because: Rejection }

/**
 * Takes a delivery by Stripe: checks the signature over the very bytes, then keeps the event and marks its object in one
 * commit, which it shares with the deliveries that come at the same time. It asks Stripe nothing and decides nothing else.
 * What is rejected leaves nothing behind. Throws what the database threw, or `TooManyWaiting`; the event is then not known
 * to be here, and Stripe has to send it again.
 */
export async function receiveEvent(rawBody: Uint8Array, signatureHeader: string | null): Promise<Received> {
  const problem = verifySignature(rawBody, signatureHeader)
  if (problem !== null) return { accepted: false, because: problem }
  const body = decode(rawBody)
  if (body === null) return { accepted: false, because: 'not_text' }
  const event = parseEvent(body)
  if (event === null) return { accepted: false, because: 'not_an_event' }
  return { accepted: true, as: await keepEvent(event, rawBody) }
}

/** Keeps an event that is known to be Stripe's, whatever way it came. */
export function storeEvent(event: ParsedEvent, body: string): Promise<Reception> {
  return keepEvent(event, Buffer.from(body))
}

async function keepEvent(event: ParsedEvent, body: Uint8Array): Promise<Reception> {
  const kept = judge(event, body)
  if (!(await store(kept))) return 'duplicate'
  if (kept.state === 'received') wakeWorkers()
  if (kept.state === 'quarantined')
    log.warn({ event: event.id, type: event.type, reason: kept.reason }, 'quarantined an event')
  return kept.state === 'received' ? 'stored' : kept.state
}

const mebibyte = 1024 * 1024

const store = shareCommits<KeptEvent, boolean>({
  write: async (events) => {
    const isNew = await storeEvents(events)
    observeCommit(events.length)
    return isNew
  },
  sizeOf: ({ body }) => body.byteLength,
  mostItems: 100,
  mostBytes: 4 * mebibyte,
  mostWaiting: 2_000,
  mostWaitingBytes: 64 * mebibyte,
  // A lock that somebody keeps is that of one object.
  isEverybodys: (error) => isDatabaseUnavailable(error) && codeOf(error) !== '55P03',
  isPassing: (error) => ['40P01', '40001'].includes(codeOf(error)),
})

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function judge(event: ParsedEvent, body: Uint8Array): KeptEvent {
  const foreign = whyForeign(event)
  if (foreign !== null) return { event, body, state: 'quarantined', reason: foreign, target: null }
  const target = event.concerns
  if (target === null)
    return { event, body, state: 'ignored', reason: 'nothing that is mirrored', target: null }
  return { event, body, state: 'received', reason: null, target }
}

/** Why an event, although signed with our secret, must not touch this mirror. */
function whyForeign(event: ParsedEvent): string | null {
  const { livemode } = env().stripe
  if (event.livemode !== livemode)
    return `sent in ${event.livemode ? 'live' : 'test'} mode, our key is of the other`
  return event.account === null ? null : `sent for the connected account ${event.account}`
}

/** Strict, and without dropping a byte order mark: what is kept is what was signed. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(body: Uint8Array): string | null {
  try {
    return utf8.decode(body)
  } catch {
    return null
  }
}
