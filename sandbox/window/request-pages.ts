import { NothingThere } from '@/sandbox/controls/control'
import type { Engine } from '@/sandbox/engine'
import { html } from '@/sandbox/hosted/html'
import { decodeForm } from '@/sandbox/http/form'
import type { LoggedRequest } from '@/sandbox/http/request-log'
import { eventCells, eventColumns } from '@/sandbox/window/event-pages'
import { jsonView } from '@/sandbox/window/json-view'
import { type Page, page } from '@/sandbox/window/page'
import { badge, card, facts, field, link, moment, paged, table } from '@/sandbox/window/parts'

export const requestColumns = ['Request', 'Status', { wide: 'Time' }]

export function requestCells({ id, method, path, status, time }: LoggedRequest) {
  return [
    link(`/_sandbox/window/requests/${id}`, html`<code>${method} ${path}</code>`),
    badge(status ?? 'no answer'),
    moment(time),
  ]
}

/** Requests below the one of that id, newest first, whose path contains and whose status is what the query says. */
function* filtered({ requests }: Engine, query: URLSearchParams, after?: string): Generator<LoggedRequest> {
  const [path, status] = [query.get('path') ?? '', query.get('status') ?? '']
  const newestFirst = requests.latest().toReversed()
  const start = newestFirst.findIndex(({ id }) => id === after) + 1
  for (const each of newestFirst.slice(start)) {
    if (each.path.includes(path) && String(each.status ?? '').startsWith(status)) yield each
  }
}

const columns = ['Request', 'Status', { wide: 'What went wrong' }, { wide: 'Took' }, { wide: 'Time' }]

function rowOf(each: LoggedRequest) {
  const [request, status, time] = requestCells(each)
  const { error, replayed, durationMs } = each
  const note = replayed ? html`<span class="soft">replayed</span>` : null
  return [
    request,
    html`${status} ${note}`,
    error?.message,
    html`<span class="amount">${durationMs.toFixed(1)} ms</span>`,
    time,
  ]
}

function eventsOf({ store }: Engine, id: string) {
  return [...store.table('events').downFrom()].filter(({ request }) => request.id === id).reverse()
}

function paramsOf(params: string): unknown {
  const decoded = decodeForm(params)
  return decoded.ok ? decoded.value : params
}

export const requestPages: Page[] = [
  page('window/requests', (engine, { query }) => {
    const { rows, more } = paged(query, (after) => filtered(engine, query, after))
    return {
      title: 'Requests',
      section: 'requests',
      body: html`<section class="card">
<form class="fields" method="get">
${field('Path contains', html`<input name="path" value="${query.get('path')}" placeholder="/v1/invoices">`)}
${field('Status', html`<input name="status" value="${query.get('status')}" placeholder="4 or 402" size="8">`)}
<button class="quiet">Filter</button>
</form>
${table(columns, rows.map(rowOf), 'No request of the API fits, of the last 1,000 since the sandbox was started.')}${more}</section>`,
    }
  }),
  page('window/requests/:id', (engine, { id }) => {
    const request = engine.requests.latest().find((each) => each.id === id)
    if (!request) throw new NothingThere(`There is no request ${id}, or it is no longer kept.`)
    const { method, path, status, time, durationMs, idempotencyKey, replayed, params, error } = request
    const told = facts({
      Status: html`${badge(status ?? 'no answer')}${replayed && ' replayed'}`,
      Time: moment(time),
      Took: `${durationMs.toFixed(1)} ms`,
      Id: html`<span class="id">${id}</span>`,
      'Idempotency key': idempotencyKey,
    })
    return {
      title: `${method} ${path}`,
      section: 'requests',
      body: html`${card('Request', told)}
${card('Parameters', jsonView(engine, paramsOf(params)))}
${error && card('Error', jsonView(engine, error))}
${card('Events it caused', table(eventColumns, eventsOf(engine, id).map(eventCells), 'None.'))}`,
    }
  }),
]
