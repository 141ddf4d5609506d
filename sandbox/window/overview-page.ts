import { Refusal } from '@/sandbox/controls/control'
import { html } from '@/sandbox/hosted/html'
import { eventCells, eventColumns } from '@/sandbox/window/event-pages'
import { countsOf } from '@/sandbox/window/object-pages'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { button, card, facts, field, link, moment, paged, table } from '@/sandbox/window/parts'
import { turn } from '@/sandbox/window/turn'

/** What a browser's field for a moment holds. */
function fieldText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16)
}

function secondsOf(text: string): number {
  const ms = Date.parse(`${text}Z`)
  if (Number.isNaN(ms)) throw new Refusal('Say when in UTC, as in 2026-12-01T09:00.')
  return Math.floor(ms / 1000)
}

export const overviewPages: Page[] = [
  page('', (engine) => {
    const now = engine.clock.now()
    const latest = paged(new URLSearchParams(), () => engine.store.table('events').downFrom()).rows.slice(
      0,
      8,
    )
    const planted = engine.requestFaults.all().length + engine.outbox.faults.all().length
    return {
      title: 'Overview',
      section: 'overview',
      body: html`<div class="columns">
${card(
  'Account',
  facts({
    Account: html`<span class="id">${engine.accountId}</span>`,
    'API at': html`<code>${engine.origin}</code>`,
    'Kept in': engine.directory ?? 'memory: forgotten on exit',
    'Deliveries under way': engine.outbox.deliveries.pending(),
    'Faults planted': link('/_sandbox/window/faults', planted),
  }),
)}
${card(
  'Time',
  html`<p>${moment(now)} UTC</p><p class="soft">What falls due on the way happens, in order.</p>`,
  html`<div class="row">${button('clock', 'One hour on', { seconds: '3600' })}${button('clock', 'One day on', { seconds: '86400' })}${button('clock', '30 days on', { seconds: '2592000' })}</div>`,
  html`<form class="fields" method="post" action="/_sandbox/window/clock">
${field('To, in UTC', html`<input type="datetime-local" name="to" value="${fieldText(now + 86_400)}" required>`)}
<button>Turn the clock</button></form>`,
)}
</div>
${card('Objects', countsOf(engine))}
${card('Latest events', table(eventColumns, latest.map(eventCells), 'Nothing has happened yet.'), html`<p>${link('/_sandbox/window/events', 'All events')}</p>`)}`,
    }
  }),
]

export const overviewActs: Act[] = [
  act('window/clock', '', (engine, posted) => {
    const by = posted.get('seconds')
    return turn(
      engine,
      'POST',
      'clock',
      by === null ? { to: secondsOf(posted.get('to') ?? '') } : { advance_seconds: Number(by) },
    )
  }),
]
