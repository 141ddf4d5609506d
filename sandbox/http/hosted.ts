import { type Ctx, nobody } from '@/sandbox/context'
import { opens } from '@/sandbox/document-links'
import { creditNotePdf } from '@/sandbox/documents/credit-note-pdf'
import { invoicePdf } from '@/sandbox/documents/invoice-pdf'
import { receiptPdf } from '@/sandbox/documents/receipt-pdf'
import type { Engine } from '@/sandbox/engine'
import { expiredPage, messagePage } from '@/sandbox/hosted/message-page'
import { receiptPage } from '@/sandbox/hosted/receipt-page'
import { actOnInvoice } from '@/sandbox/http/hosted-act'
import { creditNoteView } from '@/sandbox/http/hosted-credit-note'
import { answerAuthentication, answerVerification } from '@/sandbox/http/hosted-intents'
import { linkExpiry, maskedAddress } from '@/sandbox/http/hosted-link'
import { receiptOf } from '@/sandbox/http/hosted-receipt'
import { invoiceView } from '@/sandbox/http/hosted-view'
import { page, pdfReply, redirect, type Visit } from '@/sandbox/http/hosted-visit'
import type { Reply } from '@/sandbox/http/reply'
import { customerLanguage } from '@/sandbox/languages/customer-language'
import { chooseLanguage, type Language } from '@/sandbox/languages/language'
import { mailAboutInvoice } from '@/sandbox/mails/invoice-mails'
import { hostedPath, type InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { inTimeOf } from '@/sandbox/time-of'

/** Answers at once, or with a document that takes a moment to make. */
type Answer = Reply | (() => Promise<Reply>)

/** The parts of a path below the account: what it is, and what of it. */
type Address = { id: string; rest: string; more: string }

/** Each kind of link, by the first part of its path. @returns undefined where there is nothing */
const kinds: Record<string, (world: Ctx, address: Address, visit: Visit) => Answer | undefined> = {
  i: answerPage,
  invoice: answerInvoicePdf,
  receipts: answerReceipt,
  credit_notes: answerCreditNote,
  authenticate: (world, { id }, visit) => answerAuthentication(world, id, visit),
  microdeposit: (world, { id }, visit) => answerVerification(world, id, visit),
}

/** Whether a path belongs to the customer's pages. */
export function isHosted(path: string): boolean {
  return Object.hasOwn(kinds, path.split('/')[1] ?? '')
}

/**
 * Answers the customer's pages: the invoice, its payment, the bank's questions, receipts and PDFs. Whoever has the
 * link may see and pay; what happens here happens without a request of the API.
 */
export async function answerHosted(engine: Engine, visit: Visit): Promise<Reply> {
  const answer = engine.transact(nobody, (ctx) => receive(ctx, visit))
  await engine.durable()
  return typeof answer === 'function' ? answer() : answer
}

function receive(ctx: Ctx, visit: Visit): Answer {
  const [, kind = '', account, id = '', rest = '', more = ''] = visit.path.split('/')
  const language = chooseLanguage([], visit.acceptLanguage)
  const { words } = language
  if (visit.method === 'POST' && visit.isFromElsewhere) {
    return say(language, 403, words.crossSite, words.crossSiteText)
  }
  const found = account === ctx.accountId ? kinds[kind]?.(ctx, { id, rest, more }, visit) : undefined
  return found ?? say(language, 404, words.invoiceNotFound, words.invoiceNotFoundText)
}

function answerPage(world: Ctx, { id: token, rest: action }: Address, visit: Visit): Answer | undefined {
  const [invoice] = world.store.table('invoices').by('token', token)
  if (!invoice) return undefined
  const ctx = inTimeOf(world, invoice.customer)
  const language = customerLanguage(ctx, invoice.customer, visit.acceptLanguage)
  const { words } = language
  if (action === 'link' && visit.method === 'POST') return mailLink(ctx, invoice, language)
  if (isExpired(ctx, invoice)) return expired(ctx, invoice, language)
  const newest = newestVersion(ctx, invoice)
  if (newest !== invoice) return redirect(hostedPath(ctx, newest))
  return (
    actOnInvoice(ctx, invoice, language, action, visit) ??
    say(language, 404, words.pageNotFound, words.pageNotFoundText)
  )
}

function answerInvoicePdf(world: Ctx, { id: token, rest }: Address, visit: Visit): Answer | undefined {
  const [invoice] = world.store.table('invoices').by('token', token)
  if (!invoice || rest !== 'pdf' || visit.method !== 'GET') return undefined
  const ctx = inTimeOf(world, invoice.customer)
  const language = customerLanguage(ctx, invoice.customer, visit.acceptLanguage)
  if (isExpired(ctx, invoice)) return expired(ctx, invoice, language)
  const view = invoiceView(ctx, invoice)
  return async () => pdfReply(`${language.words.invoice}-${view.number}`, await invoicePdf(view, language))
}

function answerReceipt(world: Ctx, { id, rest: token, more }: Address, visit: Visit): Answer | undefined {
  const receipt = opens(world, 'receipts', id, token) ? receiptOf(world, id) : undefined
  if (!receipt || visit.method !== 'GET') return undefined
  const { view, invoice } = receipt
  const language = customerLanguage(world, invoice.customer, visit.acceptLanguage)
  if (more === '') return page(200, receiptPage(view, language, `${visit.path}/pdf`))
  if (more !== 'pdf') return undefined
  return async () => pdfReply(`${language.words.receipt}-${view.number}`, await receiptPdf(view, language))
}

function answerCreditNote(world: Ctx, { id, rest: token, more }: Address, visit: Visit): Answer | undefined {
  const note = opens(world, 'credit_notes', id, token) ? world.store.get('creditNotes', id) : undefined
  if (!note || more !== 'pdf' || visit.method !== 'GET') return undefined
  const language = customerLanguage(world, note.customer, visit.acceptLanguage)
  const view = creditNoteView(inTimeOf(world, note.customer), note)
  return async () =>
    pdfReply(`${language.words.creditNote}-${note.number}`, await creditNotePdf(view, language))
}

function isExpired(ctx: Ctx, invoice: InvoiceRecord): boolean {
  return ctx.now > ctx.linkValidUntil(invoice, linkExpiry(invoice))
}

function expired(ctx: Ctx, invoice: InvoiceRecord, language: Language): Reply {
  return page(410, expiredPage(invoiceView(ctx, invoice), language, maskedAddress(invoice)))
}

/** Old links lead to the invoice that took their invoice's place. */
function newestVersion(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  const newest = invoice.latest_revision && ctx.store.get('invoices', invoice.latest_revision)
  return newest && newest.token !== null ? newest : invoice
}

/** Only to the address on file: whoever holds an old link learns nothing new by it. */
function mailLink(ctx: Ctx, invoice: InvoiceRecord, language: Language): Reply {
  const { words } = language
  const address = maskedAddress(invoice)
  if (address === null) return say(language, 404, words.pageNotFound, words.pageNotFoundText)
  ctx.noteLink(invoice.id, ctx.now)
  mailAboutInvoice(ctx, invoice, 'link')
  return say(language, 200, words.newLinkSent, words.newLinkSentText(address))
}

function say(language: Language, status: number, title: string, text: string): Reply {
  return page(status, messagePage(language, title, text))
}
