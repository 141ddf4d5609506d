import type { InvoiceView, PayableWith } from '@/sandbox/documents/invoice-view'
import { cardFields, testCards } from '@/sandbox/hosted/card-form'
import { debitFields, testAccounts } from '@/sandbox/hosted/debit-form'
import { type Html, html } from '@/sandbox/hosted/html'
import type { PaymentFormState } from '@/sandbox/hosted/payment-form'
import { stateLook } from '@/sandbox/hosted/state-look'
import type { Language } from '@/sandbox/languages/language'

/** The forms while money can be taken, else a sentence about why not. */
export function paymentPanel(view: InvoiceView, language: Language, form: PaymentFormState): Html {
  const { words } = language
  const { instead, badge, tone } = stateLook(view, language)
  if (instead !== null) {
    return html`<h2 class="${tone}">${view.state === 'paid' && CHECK_MARK}${badge}</h2><p>${instead}</p>`
  }
  if (view.methods.length === 0) return html`<p>${words.noMethodText(view.seller.name)}</p>`
  const [only] = view.methods.length === 1 ? view.methods : []
  if (only) {
    return html`<h2>${only === 'card' ? words.payByCard : words.payByBankDebit}</h2>${methodForm(only, view, language, form)}`
  }
  const chosen = form.method ?? view.methods[0]
  return html`<div class="methods" role="radiogroup" aria-label="${words.payHow}">${view.methods.map(
    (
      method,
    ) => html`<label><input type="radio" name="method" id="by-${method}"${method === chosen && html` checked`}>
        ${method === 'card' ? words.card : words.bankDebit}</label>`,
  )}</div>
    ${view.methods.map(
      (method) => html`<section class="method by-${method}">
        <h2>${method === 'card' ? words.payByCard : words.payByBankDebit}</h2>
        ${methodForm(method, view, language, method === chosen ? form : {})}</section>`,
    )}`
}

const CHECK_MARK = html`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <circle cx="12" cy="12" r="11" fill="currentColor" opacity=".15"/>
  <path d="m7 12.5 3.5 3.5L17 9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`

function methodForm(
  method: PayableWith,
  view: InvoiceView,
  { words, money }: Language,
  form: PaymentFormState,
): Html {
  const { error, field, seen, values } = form
  return html`<form method="post" action="${view.urls.pay}" novalidate>
      ${error !== undefined && field === undefined && html`<p class="error" role="alert">${error}</p>`}
      <input type="hidden" name="method" value="${method}">
      ${seen !== undefined && html`<input type="hidden" name="seen" value="${seen}">`}
      ${method === 'card' ? cardFields(form, words) : debitFields(method, form, view.seller.name, words)}
      <button class="button">${words.payAmount(money(view.amountRemaining, view.currency))}</button>
      <details${values === undefined && html` open`}>${method === 'card' ? testCards(words) : testAccounts(method, words)}</details>
    </form>`
}
