import type { Engine } from '@/sandbox/engine'
import { type Html, html } from '@/sandbox/hosted/html'
import { eventCells, eventColumns } from '@/sandbox/window/event-pages'
import { jsonView } from '@/sandbox/window/json-view'
import { type Kind, kindNamed, kinds, showObject } from '@/sandbox/window/kinds'
import { type Page, page } from '@/sandbox/window/page'
import { card, link, paged, table } from '@/sandbox/window/parts'
import { requestCells, requestColumns } from '@/sandbox/window/request-pages'
import { summaryCells, summaryColumns } from '@/sandbox/window/summary'

/** How many events and requests an object's page tells of, and how many it looks through for them. */
const mostTold = 20
const mostSearched = 5000

/** Every kind with how many objects of it there are. */
export function countsOf({ store }: Engine): Html {
  return html`<ul class="counts">${kinds.map(({ slug, title, table: name }) => {
    const { size } = store.table(name)
    return html`<li><a href="/_sandbox/window/objects/${slug}"${size === 0 && html` class="none"`}><span>${title}</span><b>${size}</b></a></li>`
  })}</ul>`
}

function eventsAbout({ store }: Engine, id: string) {
  const found = []
  let searched = 0
  for (const event of store.table('events').downFrom()) {
    searched += 1
    if (event.about === id) found.push(event)
    if (found.length === mostTold || searched === mostSearched) break
  }
  return found
}

function requestsAbout({ requests }: Engine, id: string) {
  return requests
    .latest()
    .filter(({ path, params }) => path.split('/').includes(id) || params.includes(id))
    .slice(-mostTold)
    .reverse()
}

/** The pages of the customer that an object has. */
function facesOf(object: object): Html {
  const faces = [
    ['hosted_invoice_url', 'Hosted page'],
    ['invoice_pdf', 'PDF'],
    ['receipt_url', 'Receipt'],
    ['pdf', 'PDF'],
  ].flatMap(([name = '', text = '']) => {
    const url = new Map(Object.entries(object)).get(name)
    return typeof url === 'string' ? [link(url, text)] : []
  })
  return html`${faces}`
}

function objectPane(engine: Engine, kind: Kind, id: string) {
  const object = showObject(engine, kind, id)
  return html`<p class="row">${link(`/_sandbox/window/objects/${kind.slug}`, kind.title)}${facesOf(object)}</p>
<div class="beside">
${card('As the API shows it', jsonView(engine, object))}
<div class="stack">
${card('Its events', table(eventColumns, eventsAbout(engine, id).map(eventCells), 'None that are still kept.'))}
${card('Requests that name it', table(requestColumns, requestsAbout(engine, id).map(requestCells), 'None since the sandbox was started.'))}
</div>
</div>`
}

export const objectPages: Page[] = [
  page('window/objects', (engine) => ({
    title: 'Objects',
    section: 'objects',
    body: html`<section class="card">${countsOf(engine)}</section>`,
  })),
  page('window/objects/:kind', (engine, { id: slug, query }) => {
    const { title, table: name } = kindNamed(slug)
    const { rows, more } = paged<{ id: string }>(query, (after) => engine.store.table(name).downFrom(after))
    const path = `/_sandbox/window/objects/${slug}`
    const cells = rows.map((row) => summaryCells(engine, path, row))
    return {
      title,
      section: 'objects',
      body: html`<section class="card">${table(summaryColumns, cells, 'There are none.')}${more}</section>`,
    }
  }),
  page('window/objects/:kind/:id', (engine, { id: slug, child: id }) => ({
    title: id,
    section: 'objects',
    body: objectPane(engine, kindNamed(slug), id),
  })),
]
