import type { CardForm } from '@/sandbox/cards'
import { field } from '@/sandbox/hosted/field'
import { type Html, html } from '@/sandbox/hosted/html'
import type { PaymentField, PaymentFormState } from '@/sandbox/hosted/payment-form'
import type { Words } from '@/sandbox/languages/words'

/** Takes the posted fields apart: one field holds the expiry as people write it, `12 / 34`, `12/2034` or `1234`. */
export function readCardForm(posted: Partial<Record<PaymentField, string>>): CardForm {
  const { number = '', expiry = '', cvc = '' } = posted
  const [, expMonth = '', expYear = ''] = /^\s*(\d{1,2}?)\s*[/.\s-]?\s*(\d{4}|\d{2})\s*$/.exec(expiry) ?? []
  return { number, expMonth, expYear, cvc }
}

/** The fields of a card, and the test cards to type. */
export function cardFields({ field: wrong, error, values = {} }: PaymentFormState, words: Words): Html {
  const errorOf = (name: PaymentField) => (wrong === name ? error : undefined)
  return html`${field({
    form: 'card',
    name: 'number',
    label: words.cardNumber,
    value: values.number,
    example: '4242 4242 4242 4242',
    purpose: 'cc-number',
    isNumeric: true,
    error: errorOf('number'),
  })}
    <div class="pair">
      ${field({
        form: 'card',
        name: 'expiry',
        label: words.expires,
        value: values.expiry,
        example: words.expiryExample,
        purpose: 'cc-exp',
        error: errorOf('expiry'),
      })}
      ${field({
        form: 'card',
        name: 'cvc',
        label: words.securityCode,
        value: '',
        example: 'CVC',
        purpose: 'cc-csc',
        isNumeric: true,
        error: errorOf('cvc'),
      })}
    </div>
    ${field({ form: 'card', name: 'name', label: words.nameOnCard, value: values.name, purpose: 'cc-name' })}`
}

/** The cards worth trying, each with what happens to it. */
export function testCards(words: Words): Html {
  const cards = [
    ['4242 4242 4242 4242', words.thatPays],
    ['4000 0000 0000 3220', words.thatAsksTheBank],
    ['4000 0000 0000 0002', words.thatIsDeclined],
    ['4000 0000 0000 9995', words.thatLacksFunds],
    ['4000 0000 0000 0069', words.thatHasExpired],
    ['4000 0000 0000 0127', words.thatHasWrongCode],
  ] as const
  return html`<summary>${words.testCards}</summary>
      <ul>${cards.map(([number, says]) => html`<li><code>${number}</code> <span>${says}</span></li>`)}</ul>
      <p>${words.testCardsHint}</p>`
}
