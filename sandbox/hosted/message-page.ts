import type { InvoiceView } from '@/sandbox/documents/invoice-view'
import { documentOf } from '@/sandbox/hosted/document'
import { type Html, html } from '@/sandbox/hosted/html'
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
