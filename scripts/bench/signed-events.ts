import { createHmac, randomBytes } from 'node:crypto'
import type { Call } from './load'

/** Deliveries of `count` events of 8 kB about `invoiceIds`, one after the other and again from the first. */
export function signedEvents(url: string, secret: string, invoiceIds: string[], count: number): Call[] {
  const created = Math.floor(Date.now() / 1000)
  const run = randomBytes(8).toString('hex')
  return Array.from({ length: count }, (_, at) => {
    const event = invoiceEvent(`evt_bench${run}${at}`, invoiceIds[at % invoiceIds.length] ?? '', created)
    const body = Buffer.from(JSON.stringify(event))
    const signature = createHmac('sha256', secret).update(`${created}.`).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${created},v1=${signature}` }
    return { url, method: 'POST' as const, headers, body }
  })
}

function invoiceEvent(id: string, invoiceId: string, created: number) {
  const line = { object: 'line_item', amount: 12_500, currency: 'eur', description: 'x'.repeat(600) }
  return {
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'invoice.updated',
    data: {
      object: {
        id: invoiceId,
        object: 'invoice',
        status: 'open',
        lines: { object: 'list', data: Array.from({ length: 10 }, () => line) },
        description: 'x'.repeat(800),
      },
    },
  }
}
