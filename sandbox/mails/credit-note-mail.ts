import type { Ctx } from '@/sandbox/context'
import { postMail } from '@/sandbox/mail'
import type { CreditNoteRecord } from '@/sandbox/resources/credit-note-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { settingsOf } from '@/sandbox/settings'

/** Posts a note to the customer, unless the account sends none; customers without an address get none. */
export function mailCreditNote(ctx: Ctx, note: CreditNoteRecord, invoice: InvoiceRecord): void {
  if (invoice.customer_email === null || !settingsOf(ctx.store).account.mails.credit_notes) return
  postMail(ctx, {
    kind: 'credit_note',
    to: invoice.customer_email,
    subject: `Credit note ${note.number} from ${invoice.account_name}`,
    text: `A credit note has been issued for invoice ${invoice.number}.`,
    invoice: invoice.id,
  })
}
