import type { InvoiceView } from '@/sandbox/documents/invoice-view'
import { documentOf } from '@/sandbox/hosted/document'
import { field } from '@/sandbox/hosted/field'
import { type Html, html } from '@/sandbox/hosted/html'
import { sellerLine } from '@/sandbox/hosted/page'
import type { Language } from '@/sandbox/languages/language'

/** What a bank asks its customer, and where the answer goes. */
export type Question = { title: string; text: string; confirm: string; action: string }

function bankPage(language: Language, { title, text }: Question, form: Html): string {
  return documentOf(
    language,
    title,
    html`<main class="message">
  <section class="card">
    ${sellerLine(language.words.bankSimulated)}
    <h1>${title}</h1>
    <p>${text}</p>
    ${form}
  </section>
</main>`,
  )
}

/** Where a bank would ask its customer to confirm something with 3-D Secure. */
export function authenticationPage(language: Language, question: Question, more?: Html): string {
  const form = html`<form method="post" action="${question.action}">
      <button class="button" name="outcome" value="complete">${question.confirm}</button>
      <button class="button quiet" name="outcome" value="fail">${language.words.failAuthentication}</button>
    </form>
    ${more}`
  return bankPage(language, question, form)
}

/** The same for what is due on an invoice, with the way back to it. */
export function challengePage(view: InvoiceView, language: Language, last4: string): string {
  const { words, moneyWithCode } = language
  const amount = moneyWithCode(view.amountRemaining, view.currency)
  const question = {
    title: words.confirmTitle,
    text: words.confirmText(view.seller.name, amount, last4, view.number),
    confirm: words.authenticate,
    action: view.urls.challenge,
  }
  return authenticationPage(
    language,
    question,
    html`<p><a href="${view.urls.pay}">${words.backToInvoice}</a></p>`,
  )
}

/** Where the owner of a bank account proves to see its statement. @param wrong the code that was not right */
export function verificationPage(language: Language, question: Question, wrong?: string): string {
  const { words } = language
  const code = field({
    form: 'verify',
    name: 'code',
    label: words.verifyCode,
    value: wrong,
    example: 'SM11AA',
    purpose: 'off',
    error: wrong === undefined ? undefined : words.wrongCode,
  })
  const form = html`<form method="post" action="${question.action}">${code}
      <button class="button">${question.confirm}</button></form>`
  return bankPage(language, question, form)
}
