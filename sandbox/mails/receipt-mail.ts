import { type Ctx, referred } from '@/sandbox/context'
import { documentPath } from '@/sandbox/document-links'
import { paidWith, paidWithWords } from '@/sandbox/documents/paid-with'
import { customerLanguage } from '@/sandbox/languages/customer-language'
import { invoiceAttachment, postInvoiceMail } from '@/sandbox/mails/invoice-mails'
import { receiptNumber } from '@/sandbox/receipt-number'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { settingsOf } from '@/sandbox/settings'

/** Whether payments of this invoice are followed by a receipt. */
export function getsReceipts(ctx: Ctx, { customer_email: email }: InvoiceRecord): boolean {
  return email !== null && settingsOf(ctx.store).account.mails.receipts
}

/** Mails the receipt of a payment, with receipt and invoice attached. @param amount what came of it to this invoice */
export function mailReceipt(ctx: Ctx, invoice: InvoiceRecord, charge: ChargeRecord, amount: number): void {
  if (!getsReceipts(ctx, invoice)) return
  const language = customerLanguage(ctx, invoice.customer)
  const { words, moneyWithCode, date } = language
  const number = receiptNumber(charge.id)
  ctx.store.put('charges', { ...charge, receipt_number: number })
  const paid = moneyWithCode(amount, invoice.currency)
  postInvoiceMail(ctx, invoice, language, 'receipt', {
    says: { amount: paid, receipt: number },
    facts: [
      { label: words.amountPaid, value: paid, isStrong: true },
      { label: words.receiptNumber, value: number },
      { label: words.invoiceNumber, value: invoice.number ?? '' },
      { label: words.datePaid, value: date(ctx.now) },
      { label: words.paymentMethod, value: paidWithWords(paidWith(charge), words) },
    ],
    attachments: [
      { document: 'receipt', id: charge.id, filename: `${words.receipt}-${number}.pdf` },
      invoiceAttachment(invoice, language),
    ],
  })
}

/** Mails that money of an invoice's payment went back. @param amount of the refund */
export function mailRefund(ctx: Ctx, charge: ChargeRecord, amount: number): void {
  const [payment] =
    charge.payment_intent === null
      ? []
      : ctx.store.table('invoicePayments').by('paymentIntent', charge.payment_intent)
  if (!payment || !settingsOf(ctx.store).account.mails.refunds) return
  const invoice = referred(ctx, 'invoices', payment.invoice)
  const language = customerLanguage(ctx, invoice.customer)
  const { words, moneyWithCode, date } = language
  const number = receiptNumber(charge.id)
  const refunded = moneyWithCode(amount, invoice.currency)
  postInvoiceMail(ctx, invoice, language, 'refund', {
    says: { amount: refunded, receipt: number },
    facts: [
      { label: words.refunded, value: refunded, isStrong: true },
      { label: words.receiptNumber, value: number },
      { label: words.invoiceNumber, value: invoice.number ?? '' },
      { label: words.dateOfIssue, value: date(ctx.now) },
      { label: words.paymentMethod, value: paidWithWords(paidWith(charge), words) },
    ],
    attachments: [{ document: 'receipt', id: charge.id, filename: `${words.receipt}-${number}.pdf` }],
    url: `${ctx.origin}${documentPath(ctx, 'receipts', charge.id)}`,
  })
}
