import { type CardFormState, cardForm } from '@/sandbox/hosted/card-form'
import { documentOf } from '@/sandbox/hosted/document'
import {
  dueWords,
  formatDate,
  formatPeriod,
  formatQuantity,
  type HostedInvoice,
  type HostedLine,
  type HostedParty,
  type HostedState,
  totalRows,
} from '@/sandbox/hosted/hosted-invoice'
import { type Html, html } from '@/sandbox/hosted/html'
import { formatMoney } from '@/sandbox/hosted/money'

type StateWords = {
  badge: string
  tone: 'calm' | 'warn' | 'good' | 'mute'
  when: (view: HostedInvoice) => string
  /** What stands where the card form would; null where the invoice can be paid. */
  instead: ((view: HostedInvoice) => string) | null
}

const STATE_WORDS: Record<HostedState, StateWords> = {
  open: { badge: 'Open', tone: 'calm', when: dueWords, instead: null },
  past_due: { badge: 'Past due', tone: 'warn', when: wasDueWords, instead: null },
  uncollectible: { badge: 'Unpaid', tone: 'warn', when: wasDueWords, instead: null },
  processing: {
    badge: 'Processing',
    tone: 'calm',
    when: dueWords,
    instead: () =>
      'Your payment is on its way. This page will say so when it has arrived; there is nothing more to do.',
  },
  paid: {
    badge: 'Paid',
    tone: 'good',
    when: ({ paidAt }) => (paidAt === null ? 'Paid' : `Paid on ${formatDate(paidAt)}`),
    instead: () => 'This invoice is paid. Thank you.',
  },
  void: {
    badge: 'Void',
    tone: 'mute',
    when: ({ voidedAt }) => (voidedAt === null ? 'Voided' : `Voided on ${formatDate(voidedAt)}`),
    instead: ({ seller }) =>
      `${seller.name} voided this invoice, so there is nothing to pay. Questions go to ${seller.name}.`,
  },
}

function wasDueWords(view: HostedInvoice): string {
  return view.dueAt === null ? dueWords(view) : `Was due ${formatDate(view.dueAt)}`
}

/** The hosted invoice page, in the state the invoice is in. Works without JavaScript. */
export function invoicePage(view: HostedInvoice, form: CardFormState = {}): string {
  const { instead } = STATE_WORDS[view.state]
  const pay = `Pay ${formatMoney(view.amountRemaining, view.currency)}`
  return documentOf(
    `Invoice ${view.number} from ${view.seller.name}`,
    html`<main class="invoice">
  <section class="card summary" aria-label="Summary">${summary(view)}</section>
  <section class="card pay" aria-label="Payment">
    ${instead ? notice(view, instead(view)) : html`<h2>Pay by card</h2>${cardForm(view.urls.pay, pay, form)}`}
  </section>
  <section class="card details" aria-label="Details">${details(view)}</section>
</main>`,
  )
}

function notice(view: HostedInvoice, text: string): Html {
  const { badge, tone } = STATE_WORDS[view.state]
  return html`<h2 class="${tone}">${view.state === 'paid' && CHECK_MARK}${badge}</h2><p>${text}</p>`
}

const CHECK_MARK = html`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <circle cx="12" cy="12" r="11" fill="currentColor" opacity=".15"/>
  <path d="m7 12.5 3.5 3.5L17 9" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`

function summary(view: HostedInvoice): Html {
  const { badge, tone, when } = STATE_WORDS[view.state]
  const isSettled = view.state === 'paid' || view.state === 'void'
  const isPartlyPaid = view.amountPaid > 0 && view.amountRemaining > 0
  const amount = formatMoney(isSettled ? view.amountDue : view.amountRemaining, view.currency)
  return html`<p class="seller"><span aria-hidden="true">${initialOf(view.seller.name)}</span>${view.seller.name}</p>
    <h1><span class="${tone}">${amount}</span> <small>${view.currency.toUpperCase()}</small></h1>
    <p class="when"><span class="badge ${tone}">${badge}</span>
      ${isPartlyPaid && html`<span class="badge calm">Partly paid</span>`} ${when(view)}</p>
    <p class="document">
      <span>Invoice <strong>${view.number}</strong><br>Issued ${formatDate(view.issuedAt)}</span>
      <a class="button quiet" href="${view.urls.pdf}">Download PDF</a>
    </p>`
}

function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '·'
}

function party({ name, email, address }: HostedParty): Html {
  return html`<strong>${name}</strong>${[...address, email].map((line) => line && html`<br>${line}`)}`
}

function details(view: HostedInvoice): Html {
  return html`<dl>
      <div><dt>From</dt><dd>${party(view.seller)}</dd></div>
      <div><dt>To</dt><dd>${party(view.customer)}</dd></div>
      ${view.customFields.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    <table>
      <thead><tr><th scope="col">Description</th><th scope="col" class="wide">Qty</th>
        <th scope="col" class="wide">Unit price</th><th scope="col">Amount</th></tr></thead>
      <tbody>${view.lines.map((line) => lineRow(line, view.currency))}</tbody>
      <tfoot>${totalRows(view).map(
        ({ label, amount, isStrong }) =>
          html`<tr${isStrong && html` class="strong"`}><th scope="row">${label}</th><td class="wide"></td><td class="wide"></td>
            <td>${formatMoney(amount, view.currency)}</td></tr>`,
      )}</tfoot>
    </table>
    ${view.lines.length === 0 && html`<p class="note">This invoice has no lines.</p>`}
    ${view.memo && html`<h2>Memo</h2><p class="prose">${view.memo}</p>`}
    ${view.footer && html`<p class="prose note">${view.footer}</p>`}`
}

function lineRow(line: HostedLine, currency: string): Html {
  const unit = line.unitAmount === null ? null : formatMoney(line.unitAmount, currency)
  const quantity = line.quantity === null ? null : formatQuantity(line.quantity)
  const period = formatPeriod(line.period)
  return html`<tr><td>${line.description}
      ${period && html`<small>${period}</small>`}
      ${unit && quantity && html`<small class="narrow">${quantity} × ${unit}</small>`}</td>
    <td class="wide">${quantity}</td><td class="wide">${unit}</td>
    <td>${formatMoney(line.amount, currency)}</td></tr>`
}

/** Where a bank would ask its customer to confirm a 3-D Secure payment. */
export function challengePage(view: HostedInvoice, last4: string): string {
  const amount = `${formatMoney(view.amountRemaining, view.currency)} ${view.currency.toUpperCase()}`
  return documentOf(
    `Confirm your payment to ${view.seller.name}`,
    html`<main class="message">
  <section class="card">
    <p class="seller"><span aria-hidden="true">B</span>Your bank, simulated</p>
    <h1>Confirm this payment</h1>
    <p>${view.seller.name} asks for <strong>${amount}</strong> from your card ending in
      <strong>${last4}</strong>, for invoice ${view.number}.</p>
    <form method="post" action="${view.urls.challenge}">
      <button class="button" name="outcome" value="complete">Complete authentication</button>
      <button class="button quiet" name="outcome" value="fail">Fail authentication</button>
    </form>
    <p><a href="${view.urls.page}">Back to the invoice</a></p>
  </section>
</main>`,
  )
}

/** A page that only says something: an expired link, an unknown invoice. */
export function messagePage(title: string, text: string): string {
  return documentOf(
    title,
    html`<main class="message"><section class="card"><h1>${title}</h1><p>${text}</p></section></main>`,
  )
}
