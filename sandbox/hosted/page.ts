import type { InvoiceView } from '@/sandbox/documents/invoice-view'
import { documentOf } from '@/sandbox/hosted/document'
import { type Html, html } from '@/sandbox/hosted/html'
import { invoiceDetails } from '@/sandbox/hosted/invoice-details'
import type { PaymentFormState } from '@/sandbox/hosted/payment-form'
import { paymentPanel } from '@/sandbox/hosted/payment-panel'
import { stateLook } from '@/sandbox/hosted/state-look'
import type { Language } from '@/sandbox/languages/language'

/** The hosted invoice page, in the state the invoice is in. Works without JavaScript. */
export function invoicePage(view: InvoiceView, language: Language, form: PaymentFormState = {}): string {
  const { words } = language
  return documentOf(
    language,
    words.invoiceFrom(view.number, view.seller.name),
    html`<main class="invoice">
  <section class="card summary" aria-label="${words.summary}">${summary(view, language)}</section>
  <section class="card pay" aria-label="${words.payment}">${paymentPanel(view, language, form)}</section>
  <section class="card details" aria-label="${words.details}">${invoiceDetails(view, language)}</section>
</main>`,
  )
}

function summary(view: InvoiceView, language: Language): Html {
  const { words, money, date } = language
  const { badge, tone, when } = stateLook(view, language)
  const isSettled = view.state === 'paid' || view.state === 'void'
  const isPartlyPaid = view.amountPaid > 0 && view.amountRemaining > 0
  const amount = money(isSettled ? view.amountDue : view.amountRemaining, view.currency)
  const receipt = view.state === 'paid' && view.payments.findLast((payment) => payment.receipt)?.receipt
  return html`${sellerLine(view.seller.name)}
    <h1><span class="${tone}">${amount}</span> <small>${view.currency.toUpperCase()}</small></h1>
    <p class="when"><span class="badge ${tone}">${badge}</span>
      ${isPartlyPaid && html`<span class="badge calm">${words.partlyPaid}</span>`} ${when}</p>
    <p class="document">
      <span>${words.invoice} <strong>${view.number}</strong><br>${words.issuedOn(date(view.issuedAt))}</span>
      <span class="downloads">
        ${receipt && html`<a class="button quiet" href="${receipt.pdf}">${words.downloadReceipt}</a>`}
        <a class="button quiet" href="${view.urls.pdf}">${words.downloadInvoice}</a>
      </span>
    </p>`
}

/** Who asks for the money, with an initial where others have a logo. */
export function sellerLine(name: string): Html {
  const [initial = '·'] = [...name.trim()]
  return html`<p class="seller"><span aria-hidden="true">${initial.toUpperCase()}</span>${name}</p>`
}
