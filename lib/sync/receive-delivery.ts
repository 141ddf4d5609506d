import 'server-only'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { TooManyWaiting } from '@/lib/db/share-commits'
import { log } from '@/lib/log/log'
import { noteDelivery } from './delivery-tally'
import { receiveEvent } from './inbox'
import { type DeliveryRejection, observeDelivery } from './metrics'
import { readBody } from './read-body'

/** What came over the wire, whoever listens there. */
export type Delivery = {
  method: string
  contentLength: string | null
  signature: string | null
  body: AsyncIterable<Uint8Array>
}
export type DeliveryAnswer = { status: number; headers: Record<string, string>; text: string }

const mostBytes = 512 * 1024
/** Stripe has its own schedule; proxies and others that ask in between look at this. */
const retryAfterSeconds = 10

/**
 * Answers a delivery to the webhook. Only the signature over the raw bytes authorizes; no cookie is looked at. Every answer
 * but a 2xx makes Stripe deliver again, so 200 is said only about what is safely stored. Never throws.
 */
export async function receiveDelivery(delivery: Delivery): Promise<DeliveryAnswer> {
  if (delivery.method !== 'POST') return answer(405, 'only POST', { allow: 'POST' })
  const begin = performance.now()
  try {
    const body = await readBody(delivery.body, Number(delivery.contentLength ?? 0), mostBytes).catch(
      () => 'broken_off' as const,
    )
    if (body === 'broken_off') return reject('broken_off', 400)
    if (body === null) return reject('too_large', 413, `more than ${mostBytes} bytes`)
    const received = await receiveEvent(body, delivery.signature)
    if (!received.accepted) return reject(received.because, 400)
    noteDelivery(received.as)
    observeDelivery((performance.now() - begin) / 1000)
    return answer(200, received.as)
  } catch (error) {
    noteDelivery('unavailable')
    const level = isDatabaseUnavailable(error) || error instanceof TooManyWaiting ? 'warn' : 'error'
    log[level]({ err: error }, 'could not store an event; Stripe will deliver it again')
    return answer(503, 'try again later', { 'retry-after': String(retryAfterSeconds) })
  }
}

function reject(reason: DeliveryRejection, status: number, text: string = reason): DeliveryAnswer {
  noteDelivery(reason)
  return answer(status, text)
}

function answer(status: number, text: string, headers: Record<string, string> = {}): DeliveryAnswer {
  return {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain', ...headers },
    text: `${text}\n`,
  }
}
