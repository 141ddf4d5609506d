import type { InvoiceFacts, InvoiceStatus, PaymentState } from '@/lib/domain/invoice'
import { toMinorUnits } from '@/lib/domain/money'

/** An invoice as the mirror stores it or as Stripe has just shown it. */
type Known = {
  status: InvoiceStatus
  collectionMethod: InvoiceFacts['collectionMethod']
  customerEmail: string | null
  amountPaid: bigint
  lineCount: number
  paymentState: PaymentState
}

/** What the moves of an invoice depend on. */
export function invoiceFacts(invoice: Known): InvoiceFacts {
  return {
    status: invoice.status,
    collectionMethod: invoice.collectionMethod,
    customerEmail: invoice.customerEmail,
    amountPaid: toMinorUnits(invoice.amountPaid),
    hasLines: invoice.lineCount > 0,
    isPaymentProcessing: invoice.paymentState === 'processing',
  }
}
