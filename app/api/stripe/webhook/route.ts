import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { log } from '@/lib/log/log'
import { receiveEvent } from '@/lib/sync/inbox'
import { countWebhook } from '@/lib/sync/metrics'
import { readBody } from './read-body'

const mostBytes = 512 * 1024

/**
 * Where Stripe delivers events. Only the signature over the raw bytes authorizes; no cookie is looked at. Every answer but a
 * 2xx makes Stripe deliver again.
 */
export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request, mostBytes)
  if (body === null) {
    countWebhook('rejected', 'too_large')
    return answer(413, `more than ${mostBytes} bytes`)
  }
  try {
    const received = await receiveEvent(body, request.headers.get('stripe-signature'))
    if (!received.accepted) {
      countWebhook('rejected', received.because)
      return answer(400, received.because)
    }
    countWebhook(received.as)
    return answer(200, received.as)
  } catch (error) {
    countWebhook('unavailable')
    log.error({ err: error }, 'could not store an event; Stripe will deliver it again')
    return isDatabaseUnavailable(error) ? answer(503, 'try again later') : answer(500, 'unexpected')
  }
}

const onlyPost = () => new Response('only POST\n', { status: 405, headers: { allow: 'POST' } })

export {
  onlyPost as DELETE,
  onlyPost as GET,
  onlyPost as HEAD,
  onlyPost as OPTIONS,
  onlyPost as PATCH,
  onlyPost as PUT,
}

const answer = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' },
  })
