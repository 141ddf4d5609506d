import type { Ctx } from '@/sandbox/context'
import { creditNotePdf } from '@/sandbox/documents/credit-note-pdf'
import { invoicePdf } from '@/sandbox/documents/invoice-pdf'
import { receiptPdf } from '@/sandbox/documents/receipt-pdf'
import { creditNoteView } from '@/sandbox/http/hosted-credit-note'
import { receiptOf } from '@/sandbox/http/hosted-receipt'
import { invoiceView } from '@/sandbox/http/hosted-view'
import type { Language } from '@/sandbox/languages/language'
import type { Attachment } from '@/sandbox/mail'
import { inTimeOf } from '@/sandbox/time-of'

/** How to make the PDF that a mail brought along; undefined when what it shows is gone. */
export function attachedPdf(
  ctx: Ctx,
  { document, id }: Attachment,
): ((language: Language) => Promise<Buffer>) | undefined {
  if (document === 'receipt') {
    const receipt = receiptOf(ctx, id)
    return receipt && ((language) => receiptPdf(receipt.view, language))
  }
  if (document === 'credit_note') {
    const note = ctx.store.get('creditNotes', id)
    const view = note && creditNoteView(inTimeOf(ctx, note.customer), note)
    return view && ((language) => creditNotePdf(view, language))
  }
  const invoice = ctx.store.get('invoices', id)
  if (!invoice) return undefined
  const view = invoiceView(inTimeOf(ctx, invoice.customer), invoice)
  return (language) => invoicePdf(view, language)
}
