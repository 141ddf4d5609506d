import type { CardForm } from '@/sandbox/cards'
import { type Html, html } from '@/sandbox/hosted/html'

/** The names of the fields on the page. */
export type CardField = 'number' | 'expiry' | 'cvc' | 'name'

/** What the form shows again after a refusal. The security code never comes back. */
export type CardFormState = {
  error?: string
  field?: CardField
  values?: Partial<Record<Exclude<CardField, 'cvc'>, string>>
}

/** Takes the posted fields apart: one field holds the expiry as people write it, `12 / 34`, `12/2034` or `1234`. */
export function readCardForm(posted: Partial<Record<CardField, string>>): CardForm {
  const { number = '', expiry = '', cvc = '' } = posted
  const [, expMonth = '', expYear = ''] = /^\s*(\d{1,2}?)\s*[/.\s-]?\s*(\d{4}|\d{2})\s*$/.exec(expiry) ?? []
  return { number, expMonth, expYear, cvc }
}

const TEST_CARDS: { number: string; says: string }[] = [
  { number: '4242 4242 4242 4242', says: 'pays' },
  { number: '4000 0000 0000 0002', says: 'is declined' },
  { number: '4000 0000 0000 9995', says: 'has insufficient funds' },
  { number: '4000 0000 0000 3220', says: 'asks for authentication' },
]

/** @param label of the button, with the amount in it */
export function cardForm(action: string, label: string, state: CardFormState): Html {
  const { error, values = {} } = state
  return html`<form method="post" action="${action}" novalidate>
    ${error && html`<p class="error" role="alert" id="card-error">${error}</p>`}
    ${field(state, { name: 'number', label: 'Card number', example: '4242 4242 4242 4242', numeric: true })}
    <div class="pair">
      ${field(state, { name: 'expiry', label: 'Expires', example: 'MM / YY', numeric: false })}
      ${field(state, { name: 'cvc', label: 'Security code', example: 'CVC', numeric: true })}
    </div>
    ${field(state, { name: 'name', label: 'Name on card', example: '', numeric: false })}
    <button class="button">${label}</button>
    <details${values.number === undefined && html` open`}>
      <summary>Test cards</summary>
      <ul>${TEST_CARDS.map(({ number, says }) => html`<li><code>${number}</code> ${says}</li>`)}</ul>
      <p>Any future date, any three digits, any name.</p>
    </details>
  </form>`
}

type FieldSpec = { name: CardField; label: string; example: string; numeric: boolean }

/** Autofill stays off, so that no browser offers a real card to a sandbox. */
function field({ error, field: wrong, values = {} }: CardFormState, spec: FieldSpec): Html {
  const { name, label, example, numeric } = spec
  const isWrong = error !== undefined && wrong === name
  return html`<label>${label}
    <input name="${name}" value="${name === 'cvc' ? '' : values[name]}" placeholder="${example}" autocomplete="off"
      maxlength="100"${numeric && html` inputmode="numeric"`}${isWrong && html` aria-invalid="true" aria-describedby="card-error" autofocus`}>
  </label>`
}
