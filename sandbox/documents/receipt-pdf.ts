import type { ReceiptView } from '@/sandbox/documents/invoice-view'
import { closing, headline, letterhead, parties, stampColors } from '@/sandbox/documents/letterhead'
import { lineTable, sumTable } from '@/sandbox/documents/line-table'
import { paidWithWords } from '@/sandbox/documents/paid-with'
import { Sheet } from '@/sandbox/documents/sheet'
import { type SumRow, totalRows } from '@/sandbox/documents/sum-rows'
import type { Language } from '@/sandbox/languages/language'

/** The receipt of one payment of an invoice as a PDF. The same payment makes the same bytes. */
export async function receiptPdf(
  { invoice, payment, number }: ReceiptView,
  language: Language,
): Promise<Buffer> {
  const { words, date, moneyWithCode } = language
  const sheet = new Sheet(
    {
      title: `${words.receipt} ${number}`,
      author: invoice.seller.name,
      madeAt: payment.paidAt,
      pageSize: invoice.pageSize,
    },
    language,
  )
  letterhead(
    sheet,
    {
      title: words.receipt,
      seller: invoice.seller.name,
      stamp: { text: words.paid, color: stampColors.good },
      facts: [
        [words.receiptNumber, number],
        [words.invoiceNumber, invoice.number],
        [words.datePaid, date(payment.paidAt)],
        [words.paymentMethod, paidWithWords(payment.paidWith, words)],
        ...invoice.customFields.map(({ name, value }) => [name, value] as const),
      ],
    },
    language,
  )
  parties(
    sheet,
    [
      [words.from, invoice.seller],
      [words.billTo, invoice.customer],
      [words.shipTo, invoice.shipTo],
    ],
    language,
  )
  const sentence = words.amountPaidOn(moneyWithCode(payment.amount, invoice.currency), date(payment.paidAt))
  headline(sheet, sentence, null)
  if (invoice.lines.length > 0) lineTable(sheet, invoice.lines, invoice, language)
  sumTable(sheet, rowsOf({ invoice, payment, number }, language), invoice.currency, language)
  closing(sheet, invoice, language)
  return sheet.finish(`${number} · ${sentence}`, words.pageOf)
}

function rowsOf({ invoice, payment }: ReceiptView, language: Language): SumRow[] {
  const { words } = language
  const { sums } = invoice
  const rows = [...totalRows(sums, invoice, language), { label: words.total, amount: sums.total }]
  if (sums.balanceApplied !== 0) rows.push({ label: words.appliedBalance, amount: sums.balanceApplied })
  for (const { number, amount } of sums.credited) {
    rows.push({ label: `${words.creditNote} ${number}`, amount: -amount })
  }
  const paid: SumRow = { label: words.amountPaid, amount: payment.amount, isStrong: true }
  const back: SumRow[] = payment.refunded > 0 ? [{ label: words.refunded, amount: -payment.refunded }] : []
  return [...rows, paid, ...back]
}
