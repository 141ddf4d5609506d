import type { InvoiceView } from '@/sandbox/documents/invoice-view'
import {
  closing,
  headline,
  letterhead,
  memo,
  parties,
  type Stamp,
  stampColors,
} from '@/sandbox/documents/letterhead'
import { lineTable, sumTable } from '@/sandbox/documents/line-table'
import { Sheet, soft } from '@/sandbox/documents/sheet'
import { invoiceRows } from '@/sandbox/documents/sum-rows'
import type { Language } from '@/sandbox/languages/language'

/**
 * The invoice as a PDF. The same invoice makes the same bytes.
 *
 * Contents follow https://docs.stripe.com/invoicing/customize: number, dates, parties, lines, sums, memo, footer,
 * page numbers, and a link to the hosted page while there is something to pay.
 */
export async function invoicePdf(view: InvoiceView, language: Language): Promise<Buffer> {
  const { words } = language
  const sheet = new Sheet(
    {
      title: `${words.invoice} ${view.number}`,
      author: view.seller.name,
      madeAt: view.issuedAt,
      pageSize: view.pageSize,
    },
    language,
  )
  letterhead(
    sheet,
    {
      title: words.invoice,
      seller: view.seller.name,
      stamp: stampOf(view, language),
      facts: factsOf(view, language),
    },
    language,
  )
  parties(
    sheet,
    [
      [words.from, view.seller],
      [words.billTo, view.customer],
      [words.shipTo, view.shipTo],
    ],
    language,
  )
  const sentence = headlineOf(view, language)
  const isSettled = view.state === 'paid' || view.state === 'void'
  headline(sheet, sentence, isSettled ? null : { label: words.payOnline, url: view.urls.page })
  memo(sheet, view.memo)
  if (view.lines.length > 0) lineTable(sheet, view.lines, view, language)
  sumTable(sheet, invoiceRows(view, language), view.currency, language)
  if (!isSettled) {
    sheet.y += 18
    sheet.paragraph(view.urls.page, soft)
  }
  closing(sheet, view, language)
  return sheet.finish(`${view.number} · ${sentence}`, words.pageOf)
}

function stampOf({ state }: InvoiceView, { words }: Language): Stamp | null {
  if (state === 'paid') return { text: words.paid, color: stampColors.good }
  return state === 'void' ? { text: words.void, color: stampColors.mute } : null
}

function factsOf(view: InvoiceView, { words, date }: Language): [string, string][] {
  return [
    [words.invoiceNumber, view.number],
    [words.dateOfIssue, date(view.issuedAt)],
    ...(view.dueAt === null ? [] : [[words.dateDue, date(view.dueAt)] satisfies [string, string]]),
    ...view.customFields.map(({ name, value }): [string, string] => [name, value]),
  ]
}

function headlineOf(view: InvoiceView, { words, moneyWithCode, date }: Language): string {
  const { state, currency, dueAt, paidAt } = view
  if (state === 'void') return words.invoiceIsVoid
  if (state === 'paid' && paidAt !== null) {
    return words.amountPaidOn(moneyWithCode(view.amountDue, currency), date(paidAt))
  }
  const amount = moneyWithCode(view.amountRemaining, currency)
  return dueAt === null ? words.amountDueOnReceipt(amount) : words.amountDueOn(amount, date(dueAt))
}
