import type { z } from 'zod'
import { deliveryFault, requestFault } from '@/sandbox/controls/fault-controls'
import type { Engine } from '@/sandbox/engine'
import type { Planted } from '@/sandbox/faults/fault-book'
import { type Html, html } from '@/sandbox/hosted/html'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { button, card, field, select, table } from '@/sandbox/window/parts'
import { bodyOf, turn } from '@/sandbox/window/turn'

const columns = ['Hits', 'Effect', { wide: 'Likely' }, { wide: 'Left' }, { wide: 'Hit so far' }, '']

type Shown = Planted & { effect: string }

function cellsOf(book: string, target: string, { id, effect, probability, left, hits }: Shown) {
  return [
    html`<code>${target}</code>`,
    effect.replaceAll('_', ' '),
    `${Math.round(probability * 100)} %`,
    left ?? 'any',
    hits,
    button(`${book}/${id}/lift`, 'Lift'),
  ]
}

function listed(book: string, rows: readonly ReturnType<typeof cellsOf>[]): Html {
  return html`${table(columns, rows, 'None is planted.')}${
    rows.length > 0 && html`<div>${button(`${book}/lift`, 'Lift all')}</div>`
  }`
}

function choices(effects: z.ZodEnum): { value: string; text: string }[] {
  return effects.options.map((value) => ({ value: String(value), text: String(value).replaceAll('_', ' ') }))
}

const often = html`${field('Count', html`<input type="number" name="count" min="1" placeholder="any">`)}
${field('Probability', html`<input type="number" name="probability" min="0.01" max="1" step="0.01" placeholder="1">`)}
${field('Delay, ms', html`<input type="number" name="delayMs" min="0" placeholder="1000">`)}`

const requestForm = html`<form class="fields" method="post" action="/_sandbox/window/faults">
${field('Method', select('method', [{ value: '', text: 'any' }, ...choices(requestFault.shape.method.unwrap().unwrap())]))}
<label class="long"><span>Path, with stars</span><input name="path" placeholder="/v1/invoices/*/finalize" required></label>
${field('Effect', select('effect', choices(requestFault.shape.effect)))}
${field('Status', html`<input type="number" name="status" min="400" max="599" placeholder="500">`)}
${field('Code', html`<input name="code" placeholder="lock_timeout">`)}
${often}
<button>Plant</button></form>`

function deliveryForm({ store }: Engine): Html {
  const endpoints = [...store.table('webhookEndpoints').all()].map(({ id, url }) => ({
    value: id,
    text: url,
  }))
  return html`<form class="fields" method="post" action="/_sandbox/window/delivery-faults">
<label class="long"><span>Event types, by commas</span><input name="types" placeholder="invoice.*"></label>
${field('Endpoint', select('endpoint', [{ value: '', text: 'any' }, ...endpoints]))}
${field('Effect', select('effect', choices(deliveryFault.shape.effect)))}
${often}
<button>Plant</button></form>`
}

export const faultPages: Page[] = [
  page('window/faults', (engine) => {
    const requests = engine.requestFaults
      .all()
      .map((each) => cellsOf('faults', `${each.method ?? 'any'} ${each.path}`, each))
    const deliveries = engine.outbox.faults
      .all()
      .map((each) => cellsOf('delivery-faults', each.types.join(', '), each))
    return {
      title: 'Faults',
      section: 'faults',
      body: html`${card('For requests', listed('faults', requests), requestForm)}
${card('For deliveries', listed('delivery-faults', deliveries), deliveryForm(engine))}`,
    }
  }),
]

const numbers = ['count', 'probability', 'delayMs', 'status']

/** @param read the body of what is planted */
function acts(book: string, read: (posted: URLSearchParams) => object): Act[] {
  return [
    act(`window/${book}`, 'window/faults', (engine, posted) => turn(engine, 'POST', book, read(posted))),
    act(`window/${book}/lift`, 'window/faults', (engine) => turn(engine, 'DELETE', book)),
    act(`window/${book}/:id/lift`, 'window/faults', (engine, _, id) =>
      turn(engine, 'DELETE', `${book}/${id}`),
    ),
  ]
}

export const faultActs: Act[] = [
  ...acts('faults', (posted) => bodyOf(posted, numbers)),
  ...acts('delivery-faults', (posted) => {
    const { types, ...rest } = bodyOf(posted, numbers)
    return typeof types === 'string' ? { ...rest, types: types.split(',').map((each) => each.trim()) } : rest
  }),
]
