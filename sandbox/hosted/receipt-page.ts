import type { ReceiptView } from '@/sandbox/documents/invoice-view'
import { paidWithWords } from '@/sandbox/documents/paid-with'
import { documentOf } from '@/sandbox/hosted/document'
import { html } from '@/sandbox/hosted/html'
import { sellerLine } from '@/sandbox/hosted/page'
import type { Language } from '@/sandbox/languages/language'

/** The page that a charge's `receipt_url` leads to. @param pdf path of the receipt as a PDF */
export function receiptPage(
  { invoice, payment, number }: ReceiptView,
  language: Language,
  pdf: string,
): string {
  const { words, money, moneyWithCode, date } = language
  const facts = [
    [words.receiptNumber, number],
    [words.invoiceNumber, invoice.number],
    [words.datePaid, date(payment.paidAt)],
    [words.paymentMethod, paidWithWords(payment.paidWith, words)],
    ...(payment.refunded > 0 ? [[words.refunded, money(payment.refunded, invoice.currency)]] : []),
  ]
  return documentOf(
    language,
    words.receiptFrom(invoice.seller.name),
    html`<main class="message">
  <section class="card">
    ${sellerLine(invoice.seller.name)}
    <h1>${words.receipt}</h1>
    <p class="sum">${moneyWithCode(payment.amount, invoice.currency)}</p>
    <dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
    <p class="downloads"><a class="button" href="${pdf}">${words.downloadReceipt}</a>
      <a class="button quiet" href="${invoice.urls.pay}">${words.viewInvoice}</a></p>
  </section>
</main>`,
  )
}
