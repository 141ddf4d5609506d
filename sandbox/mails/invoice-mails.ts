import { type Ctx, referred } from '@/sandbox/context'
import { customerLanguage } from '@/sandbox/languages/customer-language'
import type { Language } from '@/sandbox/languages/language'
import type { MailFacts, MailKind } from '@/sandbox/languages/words'
import { type Attachment, type MailFact, postMail } from '@/sandbox/mail'
import { accountName, supportEmail } from '@/sandbox/resources/account'
import { hostedPath, type InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { settingsOf } from '@/sandbox/settings'

type InvoiceMail =
  | 'invoice'
  | 'invoice_updated'
  | 'reminder'
  | 'payment_failed'
  | 'payment_confirmation'
  | 'link'

/** Mails what happens to a final invoice, with its PDF. A customer without an address gets none. */
export function mailAboutInvoice(ctx: Ctx, invoice: InvoiceRecord, kind: InvoiceMail): void {
  const language = customerLanguage(ctx, invoice.customer)
  const { words, moneyWithCode, date } = language
  const amount = moneyWithCode(invoice.amount_remaining, invoice.currency)
  const due = dueSentence(invoice, ctx.now, language)
  const source = invoice.from_invoice && referred(ctx, 'invoices', invoice.from_invoice.invoice)
  postInvoiceMail(ctx, invoice, language, kind, {
    says: { amount, due, replaced: source?.number ?? '' },
    facts: [
      { label: words.amountDue, value: amount, isStrong: true },
      { label: words.invoiceNumber, value: invoice.number ?? '' },
      ...(invoice.due_date === null ? [] : [{ label: words.dateDue, value: date(invoice.due_date) }]),
    ],
    attachments: [invoiceAttachment(invoice, language)],
  })
}

/** Mails that an automatic payment did not go through, or waits for the cardholder. @param code why it was refused */
export function mailRefusal(ctx: Ctx, invoice: InvoiceRecord, code?: string): void {
  const { failed_payments, payment_confirmations } = settingsOf(ctx.store).account.mails
  const needsCardholder = code === 'authentication_required'
  if (needsCardholder ? payment_confirmations : failed_payments) {
    mailAboutInvoice(ctx, invoice, needsCardholder ? 'payment_confirmation' : 'payment_failed')
  }
}

function dueSentence({ due_date: due }: InvoiceRecord, now: number, { words, date }: Language): string {
  if (due === null) return words.dueOnReceipt
  return due < now ? words.wasDueOn(date(due)) : words.dueOn(date(due))
}

type Particulars = {
  says: Partial<MailFacts>
  facts: MailFact[]
  attachments: Attachment[]
  /** Where the button leads; the invoice's page unless told. */
  url?: string
}

/** One mail to the invoice's customer, if there is an address. */
export function postInvoiceMail(
  ctx: Ctx,
  invoice: InvoiceRecord,
  { tag, words }: Language,
  kind: MailKind,
  { says, facts, attachments, url }: Particulars,
): void {
  if (invoice.customer_email === null) return
  const about: MailFacts = {
    seller: accountName,
    number: invoice.number ?? '',
    amount: '',
    due: '',
    replaced: '',
    receipt: '',
    creditNote: '',
    ...says,
  }
  const { subject, text, button } = words.mails[kind]
  postMail(ctx, {
    kind,
    from: { name: accountName, address: supportEmail },
    to: invoice.customer_email,
    subject: subject(about),
    language: tag,
    lead: text(about),
    facts,
    button: { label: button, url: url ?? `${ctx.origin}${hostedPath(ctx, invoice)}?s=em` },
    questions: words.questions(accountName, supportEmail),
    attachments,
    invoice: invoice.id,
  })
}

export function invoiceAttachment({ id, number }: InvoiceRecord, { words }: Language): Attachment {
  return { document: 'invoice', id, filename: `${words.invoice}-${number}.pdf` }
}
