import { Refusal } from '@/sandbox/controls/control'
import { html } from '@/sandbox/hosted/html'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { button, card, field, moment, table } from '@/sandbox/window/parts'
import { bodyOf, turn } from '@/sandbox/window/turn'

export const snapshotPages: Page[] = [
  page('window/snapshots', ({ snapshots }) => {
    const cells = snapshots
      .all()
      .map(({ name, at }) => [
        name,
        moment(at),
        html`<div class="row">${button('snapshots/restore', 'Restore', { name })}${button(`snapshots/${name}/forget`, 'Forget')}</div>`,
      ])
    return {
      title: 'Snapshots',
      section: 'snapshots',
      body: html`${card(
        'Snapshots',
        table(['Name', { wide: 'Time in it' }, ''], cells, 'None has been kept.'),
        html`<form class="fields" method="post" action="/_sandbox/window/snapshots">
${field('Name', html`<input name="name" required pattern="[A-Za-z0-9_\\-]{1,60}" placeholder="before-the-demo">`)}
<button>Keep everything as it is</button></form>`,
        html`<p class="soft">To restore one forgets what has happened since, and turns the clock back to it.</p>`,
      )}
<div class="columns">
${card(
  'Seed',
  html`<p class="soft">A believable company for an empty account. The same number makes the same company.</p>
<form class="fields" method="post" action="/_sandbox/window/seed">
${field('Number', html`<input type="number" name="seed" min="0" placeholder="1">`)}
${field('Customers', html`<input type="number" name="customers" min="1" placeholder="40">`)}
${field('Invoices', html`<input type="number" name="invoices" min="0" placeholder="400">`)}
${field('Months', html`<input type="number" name="months" min="1" placeholder="12">`)}
${field('Currencies', html`<input name="currencies" placeholder="usd, eur">`)}
<button>Seed</button></form>`,
)}
${card(
  'Reset',
  html`<p class="soft">Forgets everything but who the account is and its snapshots.</p>
<form class="fields" method="post" action="/_sandbox/window/reset">
${field('Type “reset” to confirm', html`<input name="confirm" autocomplete="off" required>`)}
<button class="grave">Reset</button></form>`,
)}
</div>`,
    }
  }),
]

export const snapshotActs: Act[] = [
  act('window/snapshots', 'window/snapshots', (engine, posted) =>
    turn(engine, 'POST', 'snapshots', bodyOf(posted, [])),
  ),
  act('window/snapshots/restore', 'window/snapshots', (engine, posted) =>
    turn(engine, 'POST', 'restore', bodyOf(posted, [])),
  ),
  act('window/snapshots/:name/forget', 'window/snapshots', (engine, _, name) =>
    turn(engine, 'DELETE', `snapshots/${name}`),
  ),
  act('window/seed', 'window/snapshots', (engine, posted) => {
    const { currencies, ...rest } = bodyOf(posted, ['seed', 'customers', 'invoices', 'months'])
    const named = typeof currencies === 'string' ? { currencies: currencies.split(/[\s,]+/) } : {}
    return turn(engine, 'POST', 'seed', { ...rest, ...named })
  }),
  act('window/reset', 'window/snapshots', (engine, posted) => {
    if (posted.get('confirm') !== 'reset') throw new Refusal('Nothing was done: type reset to confirm.')
    return turn(engine, 'POST', 'reset')
  }),
]
