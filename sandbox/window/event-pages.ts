import { nobody } from '@/sandbox/context'
import type { Engine } from '@/sandbox/engine'
import { type EventRecord, listensTo, serializeEvent } from '@/sandbox/events'
import { html } from '@/sandbox/hosted/html'
import { readable, resendEvent } from '@/sandbox/resources/events'
import { attemptsOf } from '@/sandbox/webhooks/note-attempt'
import { jsonView } from '@/sandbox/window/json-view'
import { placeOf } from '@/sandbox/window/kinds'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { card, facts, field, link, moment, paged, select, table } from '@/sandbox/window/parts'
import { attemptCells, attemptColumns } from '@/sandbox/window/webhook-pages'

export const eventColumns = ['Event', { wide: 'Created' }]

export function eventCells({ id, type, created }: EventRecord) {
  return [link(`/_sandbox/window/events/${id}`, type), moment(created)]
}

function rowOf(engine: Engine, event: EventRecord) {
  const [type, created] = eventCells(event)
  const pending = engine.store.table('undelivered').count('event', event.id)
  const place = placeOf(engine, '', event.about)
  return [
    type,
    html`<span class="id">${place === undefined ? event.about : link(place, event.about)}</span>`,
    pending === 0 ? null : `${pending} to deliver`,
    created,
  ]
}

function resendForm(engine: Engine, id: string) {
  const endpoints = [...engine.store.table('webhookEndpoints').all()]
  const choices = endpoints.map((each) => ({ value: each.id, text: each.url }))
  return html`<form class="fields" method="post" action="/_sandbox/window/events/${id}/resend">
${field('To', select('endpoint', [{ value: '', text: 'All endpoints that want it' }, ...choices]))}
<button>Resend</button></form>`
}

export const eventPages: Page[] = [
  page('window/events', (engine, { query }) => {
    const type = query.get('type') || '*'
    const { rows, more } = paged(query, function* (after) {
      for (const event of engine.store.table('events').downFrom(after)) {
        if (listensTo([type], event.type)) yield event
      }
    })
    const columns = ['Event', 'About', { wide: 'Deliveries' }, { wide: 'Created' }]
    const cells = rows.map((event) => rowOf(engine, event))
    return {
      title: 'Events',
      section: 'events',
      body: html`<section class="card">
<form class="fields" method="get">
${field('Type', html`<input name="type" value="${query.get('type')}" placeholder="invoice.* or invoice.paid">`)}
<button class="quiet">Filter</button>
</form>
${table(columns, cells, 'No event fits.')}${more}</section>`,
    }
  }),
  page('window/events/:id', (engine, { id }) => {
    const event = engine.transact(nobody, (ctx) => readable(ctx, id))
    const { type, created, request, about, data } = event
    const place = placeOf(engine, '', about)
    const cause = request.id === null ? undefined : placeOf(engine, '', request.id)
    const told = facts({
      About: html`<span class="id">${place === undefined ? about : link(place, about)}</span>`,
      Created: moment(created),
      'Caused by': cause === undefined ? (request.id ?? 'Stripe itself') : link(cause, request.id),
      'Idempotency key': request.idempotency_key,
      Id: html`<span class="id">${id}</span>`,
    })
    const attempts = attemptsOf(engine.store, { event: id }).reverse()
    return {
      title: type,
      section: 'events',
      body: html`${card('Event', told)}
${card(
  'Deliveries',
  table(
    attemptColumns,
    attempts.map((each) => attemptCells(engine, each)),
    'It has been sent to nobody yet.',
  ),
  resendForm(engine, id),
)}
${data.previous_attributes && card('What it was before', jsonView(engine, data.previous_attributes))}
${card('Payload', jsonView(engine, serializeEvent(engine.store, event)))}`,
    }
  }),
]

export const eventActs: Act[] = [
  act('window/events/:id/resend', 'window/events/:id', async (engine, posted, id) => {
    engine.transact(nobody, (ctx) => resendEvent(ctx, readable(ctx, id), posted.get('endpoint') || undefined))
    await engine.durable()
    // So that the page that comes next tells what came of it.
    await engine.outbox.deliveries.idle()
  }),
]
