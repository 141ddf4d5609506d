import type { InvoiceView, LineView, LinkedDocument, PaymentView } from '@/sandbox/documents/invoice-view'
import { paidWithWords } from '@/sandbox/documents/paid-with'
import { type Party, partyLines } from '@/sandbox/documents/party'
import { discountLabel, invoiceRows } from '@/sandbox/documents/sum-rows'
import { type Html, html } from '@/sandbox/hosted/html'
import type { Language } from '@/sandbox/languages/language'

/** Everything about the invoice below its sum: parties, lines, sums, and what happened to it since. */
export function invoiceDetails(view: InvoiceView, language: Language): Html {
  const { words } = language
  return html`<dl>
      <div><dt>${words.from}</dt><dd>${party(view.seller, language)}</dd></div>
      <div><dt>${words.billTo}</dt><dd>${party(view.customer, language)}</dd></div>
      ${view.shipTo && html`<div><dt>${words.shipTo}</dt><dd>${party(view.shipTo, language)}</dd></div>`}
      ${view.customFields.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${lineTable(view, language)}
    ${view.isReverseCharge && html`<p class="reverse">${words.reverseCharge}</p>`}
    ${view.memo && html`<h2>${words.memo}</h2><p class="prose">${view.memo}</p>`}
    ${view.payments.length > 0 && section(words.payments, paymentRows(view.payments, view.currency, language))}
    ${view.creditNotes.length > 0 && section(words.creditNotes, documentRows(view.creditNotes, view, language))}
    ${view.olderVersions.length > 0 && section(words.olderVersions, documentRows(view.olderVersions, view, language))}
    ${view.footer && html`<p class="prose note">${view.footer}</p>`}`
}

function party(shown: Party, language: Language): Html {
  return html`<strong>${shown.name}</strong>${partyLines(shown, language).map((line) => html`<br>${line}`)}`
}

function lineTable(view: InvoiceView, language: Language): Html {
  const { words, money } = language
  return html`<table>
      <thead><tr><th scope="col">${words.description}</th><th scope="col" class="wide">${words.quantity}</th>
        <th scope="col" class="wide">${words.unitPrice}</th><th scope="col">${words.amount}</th></tr></thead>
      <tbody>${view.lines.map((line) => lineRow(line, view.currency, language))}</tbody>
      <tfoot>${invoiceRows({ ...view, taxDisplay: 'included' }, language).map(
        ({ label, amount, isStrong }) =>
          html`<tr${isStrong && html` class="strong"`}><th scope="row">${label}</th><td class="wide"></td><td class="wide"></td>
            <td>${money(amount, view.currency)}</td></tr>`,
      )}</tfoot>
    </table>
    ${view.lines.length === 0 && html`<p class="note">${words.noLines}</p>`}`
}

function lineRow(line: LineView, currency: string, language: Language): Html {
  const { money, percent, words } = language
  const unit = line.unitAmount === null ? null : money(line.unitAmount, currency)
  const quantity = line.quantity === null ? null : language.quantity(line.quantity)
  const period = language.period(line.period)
  return html`<tr><td>${line.description ?? words.amount}
      ${period && html`<small>${period}</small>`}
      ${line.taxRates.length > 0 && html`<small>${words.tax} ${line.taxRates.map(percent).join(', ')}</small>`}
      ${unit && quantity && html`<small class="narrow">${quantity} × ${unit}</small>`}
      ${line.discounts.map((discount) => html`<small>${discountLabel(discount, language)}</small>`)}</td>
    <td class="wide">${quantity}</td><td class="wide">${unit}</td>
    <td>${money(line.amount, currency)}${line.discounts.map(
      ({ amount }) => html`<small>${money(-amount, currency)}</small>`,
    )}</td></tr>`
}

function section(title: string, rows: Html[]): Html {
  return html`<h2>${title}</h2><ul class="linked">${rows}</ul>`
}

function paymentRows(payments: readonly PaymentView[], currency: string, language: Language): Html[] {
  const { words, money, date } = language
  return payments.map(
    ({ paidAt, amount, refunded, paidWith, receipt }) => html`<li>
      <span>${date(paidAt)}<small>${paidWithWords(paidWith, words)}</small></span>
      <span>${money(amount, currency)}${refunded > 0 && html`<small>${words.refunded} ${money(refunded, currency)}</small>`}</span>
      ${receipt && html`<a href="${receipt.pdf}">${words.receipt}</a>`}</li>`,
  )
}

function documentRows(
  documents: readonly LinkedDocument[],
  { currency }: InvoiceView,
  { words, money, date }: Language,
): Html[] {
  return documents.map(
    ({ number, issuedAt, amount, isVoid, pdf }) => html`<li>
      <span>${number}<small>${date(issuedAt)}${isVoid && html` · ${words.void}`}</small></span>
      <span>${money(amount, currency)}</span>
      <a href="${pdf}">PDF</a></li>`,
  )
}
