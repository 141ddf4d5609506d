import type { Ctx } from '@/sandbox/context'
import { customerLanguage } from '@/sandbox/languages/customer-language'
import { postInvoiceMail } from '@/sandbox/mails/invoice-mails'
import type { CreditNoteRecord } from '@/sandbox/resources/credit-note-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { settingsOf } from '@/sandbox/settings'

/** Posts a note to the customer, unless the account sends none; customers without an address get none. */
export function mailCreditNote(ctx: Ctx, note: CreditNoteRecord, invoice: InvoiceRecord): void {
  if (!settingsOf(ctx.store).account.mails.credit_notes) return
  const language = customerLanguage(ctx, invoice.customer)
  const { words, moneyWithCode, date } = language
  const amount = moneyWithCode(note.total, note.currency)
  postInvoiceMail(ctx, invoice, language, 'credit_note', {
    says: { amount, creditNote: note.number },
    facts: [
      { label: words.creditTotal, value: amount, isStrong: true },
      { label: words.creditNoteNumber, value: note.number },
      { label: words.invoiceNumber, value: invoice.number ?? '' },
      { label: words.dateOfIssue, value: date(note.effective_at ?? note.created) },
    ],
    attachments: [
      { document: 'credit_note', id: note.id, filename: `${words.creditNote}-${note.number}.pdf` },
    ],
  })
}
