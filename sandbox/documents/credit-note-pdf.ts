import type { CreditNoteView } from '@/sandbox/documents/invoice-view'
import { closing, headline, letterhead, memo, parties, stampColors } from '@/sandbox/documents/letterhead'
import { lineTable, sumTable } from '@/sandbox/documents/line-table'
import { Sheet } from '@/sandbox/documents/sheet'
import { type SumRow, totalRows } from '@/sandbox/documents/sum-rows'
import type { Language } from '@/sandbox/languages/language'

/** A credit note as a PDF. The same note makes the same bytes. */
export async function creditNotePdf(note: CreditNoteView, language: Language): Promise<Buffer> {
  const { words, date, moneyWithCode } = language
  const { invoice } = note
  const sheet = new Sheet(
    {
      title: `${words.creditNote} ${note.number}`,
      author: invoice.seller.name,
      madeAt: note.issuedAt,
      pageSize: invoice.pageSize,
    },
    language,
  )
  letterhead(
    sheet,
    {
      title: words.creditNote,
      seller: invoice.seller.name,
      stamp: note.isVoid ? { text: words.void, color: stampColors.mute } : null,
      facts: [
        [words.creditNoteNumber, note.number],
        [words.invoiceNumber, invoice.number],
        [words.dateOfIssue, date(note.issuedAt)],
      ],
    },
    language,
  )
  parties(
    sheet,
    [
      [words.from, invoice.seller],
      [words.billTo, invoice.customer],
    ],
    language,
  )
  const sentence = note.isVoid
    ? words.creditNoteIsVoid
    : words.amountCreditedOn(moneyWithCode(note.sums.total, invoice.currency), date(note.issuedAt))
  headline(sheet, sentence, null)
  memo(sheet, note.memo)
  if (note.lines.length > 0) lineTable(sheet, note.lines, invoice, language)
  sumTable(sheet, rowsOf(note, language), invoice.currency, language)
  closing(sheet, invoice, language)
  return sheet.finish(`${note.number} · ${sentence}`, words.pageOf)
}

/** What it adds up to, and below that where the credit went. */
function rowsOf(note: CreditNoteView, language: Language): SumRow[] {
  const { words } = language
  const destinations: SumRow[] = [
    { label: words.loweredAmountDue, amount: note.loweredAmountDue },
    { label: words.refunded, amount: note.refunded },
    { label: words.creditedToBalance, amount: note.creditedToBalance },
    { label: words.creditedOutside, amount: note.creditedOutside },
  ]
  return [
    ...totalRows(note.sums, note.invoice, language),
    { label: words.creditTotal, amount: note.sums.total, isStrong: true },
    ...(note.isVoid ? [] : destinations.filter(({ amount }) => amount !== 0)),
  ]
}
