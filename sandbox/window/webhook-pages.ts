import type { Engine } from '@/sandbox/engine'
import { html } from '@/sandbox/hosted/html'
import type { WebhookEndpointRecord } from '@/sandbox/resources/webhook-endpoint-record'
import type { AttemptRecord } from '@/sandbox/webhooks/note-attempt'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { badge, button, card, link, moment, paged, table } from '@/sandbox/window/parts'
import { turn } from '@/sandbox/window/turn'

export const attemptColumns = [
  'Event',
  'Answer',
  { wide: 'To' },
  { wide: 'Try' },
  { wide: 'At' },
  { wide: 'Next try' },
]

/** One request to an endpoint, and what came of it. */
export function attemptCells({ store }: Engine, attempt: AttemptRecord) {
  const { eventId, url, status, error, response, durationMs, at, nextTry } = attempt
  const said = error ?? response
  return [
    link(`/_sandbox/window/events/${eventId}`, store.get('events', eventId)?.type ?? eventId),
    html`${badge(status ?? 'no answer')} <span class="soft amount">${Math.round(durationMs)} ms</span>${
      said !== '' && html`<details><summary>What it said</summary><pre>${said}</pre></details>`
    }`,
    url,
    attempt.attempt ?? 'by hand',
    moment(at),
    moment(nextTry),
  ]
}

function endpointCells({ id, url, status, enabled_events: types, secret, oldSecret }: WebhookEndpointRecord) {
  return [
    html`${link(`/_sandbox/window/objects/webhook_endpoints/${id}`, url)}
<details><summary>Secret</summary><code>${secret}</code>${
      oldSecret && html`<p class="soft">The one before signs too until ${moment(oldSecret.expires)}.</p>`
    }</details>`,
    badge(status),
    types.length > 3 ? `${types.length} types` : types.join(', '),
    button(`webhooks/${id}/roll`, 'Roll the secret'),
  ]
}

export const webhookPages: Page[] = [
  page('window/webhooks', (engine, { query }) => {
    const { store, outbox } = engine
    const endpoints = [...store.table('webhookEndpoints').all()]
    const { rows, more } = paged(query, (after) => store.table('attempts').downFrom(after))
    const pending = outbox.deliveries.pending()
    return {
      title: 'Webhooks',
      section: 'webhooks',
      body: html`${card(
        'Endpoints',
        table(
          ['Endpoint', 'Status', { wide: 'Events' }, ''],
          endpoints.map(endpointCells),
          'There are none.',
        ),
      )}
${card(
  'Deliveries',
  pending > 0
    ? html`<div class="row"><p>${pending} under way, or held by a fault.</p>${button('webhooks/release', 'Let held ones go')}</div>`
    : html``,
  table(
    attemptColumns,
    rows.map((each) => attemptCells(engine, each)),
    'Nothing has gone out yet.',
  ),
  more,
)}`,
    }
  }),
]

export const webhookActs: Act[] = [
  act('window/webhooks/release', 'window/webhooks', (engine) => turn(engine, 'POST', 'deliveries/release')),
  act('window/webhooks/:id/roll', 'window/webhooks', (engine, _, id) =>
    turn(engine, 'POST', `webhook_endpoints/${id}/roll`),
  ),
]
