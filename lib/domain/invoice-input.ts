import { z } from 'zod'
import { amountField, currencyCode, operationId, stripeId, trimmedText } from './fields'

/** Stripe holds at most this many items on an invoice. */
export const mostLines = 250

const quantity = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,12})?$/, 'quantity')
  .refine((text) => !/^0*(\.0*)?$/.test(text), 'quantity_zero')

/** A line is a catalog price times a quantity, or a one-off unit amount (typed, may be negative for a credit) times a quantity. */
export const invoiceLineInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('price'),
    priceId: stripeId('price'),
    quantity,
    description: trimmedText(5000).optional(),
  }),
  z.strictObject({
    kind: z.literal('amount'),
    description: trimmedText(5000).min(1, 'required'),
    unitAmount: z.string().max(40, 'too_long'),
    quantity,
  }),
])
export type InvoiceLineInput = z.infer<typeof invoiceLineInput>

export const createInvoiceInput = z
  .strictObject({
    operationId,
    customerId: stripeId('cus'),
    currency: currencyCode,
    /** Days from today; 0 is due on receipt. */
    daysUntilDue: z.number().int().min(0).max(365),
    memo: trimmedText(1500).optional(),
    lines: z.array(invoiceLineInput).min(1, 'lines_missing').max(mostLines, 'lines_too_many'),
    /** How far to go in one operation. */
    until: z.enum(['draft', 'finalized', 'sent']),
  })
  .superRefine((input, issues) => {
    for (const [index, line] of input.lines.entries()) {
      if (line.kind === 'amount') {
        amountField(issues, ['lines', index, 'unitAmount'], line.unitAmount, input.currency, {
          negative: true,
        })
      }
    }
  })
export type CreateInvoiceInput = z.infer<typeof createInvoiceInput>

/** A move on one invoice. `seen` is what the person looked at: another amount or status than that is refused. */
export const invoiceMoveInput = z.strictObject({
  operationId,
  invoiceId: stripeId('in'),
  seen: z.strictObject({
    status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
    amountRemaining: z.number().int(),
  }),
})
export type InvoiceMoveInput = z.infer<typeof invoiceMoveInput>

export const recordPaymentInput = invoiceMoveInput.extend({
  /** How and when it was paid, for the audit trail: "bank transfer 2026-11-20, ref 4711". */
  note: trimmedText(500).optional(),
})
export type RecordPaymentInput = z.infer<typeof recordPaymentInput>

export const shareLinkInput = z.strictObject({ operationId, invoiceId: stripeId('in') })
export type ShareLinkInput = z.infer<typeof shareLinkInput>
