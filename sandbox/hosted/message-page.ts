import type { InvoiceView } from '@/sandbox/documents/invoice-view'
import { documentOf } from '@/sandbox/hosted/document'
import { type Html, html } from '@/sandbox/hosted/html'
import { sellerLine } from '@/sandbox/hosted/page'
import type { Language } from '@/sandbox/languages/language'

/** A page that only says something: an unknown invoice, a link that was mailed. */
export function messagePage(language: Language, title: string, text: string, more?: Html): string {
  return documentOf(
    language,
    title,
    html`<main class="message"><section class="card"><h1>${title}</h1><p>${text}</p>${more}</section></main>`,
  )
}

/**
 * The page of a link that has expired.
 * @param address where a new link would be mailed to, already made unreadable for strangers; null without one
 */
export function expiredPage(view: InvoiceView, language: Language, address: string | null): string {
  const { words } = language
  return messagePage(
    language,
    words.linkExpired,
    words.linkExpiredText(view.seller.name),
    address === null
      ? undefined
      : html`<form method="post" action="${view.urls.newLink}"><p>${words.newLinkText(address)}</p>
        <button class="button">${words.mailNewLink}</button></form>`,
  )
}

/** Where a bank would ask its customer to confirm a 3-D Secure payment. */
export function challengePage(view: InvoiceView, language: Language, last4: string): string {
  const { words, moneyWithCode } = language
  const amount = moneyWithCode(view.amountRemaining, view.currency)
  return documentOf(
    language,
    words.confirmFor(view.seller.name),
    html`<main class="message">
  <section class="card">
    ${sellerLine(words.bankSimulated)}
    <h1>${words.confirmTitle}</h1>
    <p>${words.confirmText(view.seller.name, amount, last4, view.number)}</p>
    <form method="post" action="${view.urls.challenge}">
      <button class="button" name="outcome" value="complete">${words.authenticate}</button>
      <button class="button quiet" name="outcome" value="fail">${words.failAuthentication}</button>
    </form>
    <p><a href="${view.urls.pay}">${words.backToInvoice}</a></p>
  </section>
</main>`,
  )
}
