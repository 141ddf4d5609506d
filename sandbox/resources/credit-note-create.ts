import { type CreditSums, sumCredit } from '@/sandbox/arithmetic/credits'
import { byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import {
  checkStep,
  mergeMetadata,
  metadata,
  nonNegativeAmount,
  timestamp,
} from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { hash, list, oneOf, type Params, required, text } from '@/sandbox/http/params'
import { mailCreditNote } from '@/sandbox/mails/credit-note-mail'
import { type Allocation, allocate } from '@/sandbox/resources/credit-note-allocation'
import { amountLine, creditLines, noteLineShape } from '@/sandbox/resources/credit-note-lines'
import {
  type CreditNoteRecord,
  issuedNotes,
  type NoteLineRecord,
  portionOf,
  serializeCreditNote,
  shownDiscounts,
} from '@/sandbox/resources/credit-note-record'
import {
  linkRefunds,
  refundedOtherwise,
  refundPayments,
  refundsRule,
} from '@/sandbox/resources/credit-note-refunds'
import { moveBalance } from '@/sandbox/resources/customer-balance'
import { settled } from '@/sandbox/resources/invoice-credit'
import { mostItems, permit } from '@/sandbox/resources/invoice-edit'
import { wireTax } from '@/sandbox/resources/invoice-figures'
import { isPaymentUnderway, syncDefaultPayment } from '@/sandbox/resources/invoice-payment-default'
import {
  type InvoiceRecord,
  refreshDrafts,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'

export const creditNoteShape = {
  invoice: required(text(255)),
  amount: nonNegativeAmount,
  credit_amount: nonNegativeAmount,
  effective_at: timestamp,
  email_type: oneOf('credit_note', 'none'),
  lines: list(hash(noteLineShape), mostItems),
  memo: text(5000),
  metadata,
  out_of_band_amount: nonNegativeAmount,
  reason: oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
  refund_amount: nonNegativeAmount,
  refunds: refundsRule,
  shipping_cost: hash({ shipping_rate: text(255) }),
}

export type CreditNoteInput = Params<typeof creditNoteShape>

/**
 * Issues a credit note: it lowers what the invoice still asks for, and gives back what was paid beyond that.
 * @param purpose a preview may leave open where what was paid goes
 * @throws StripeError when the invoice cannot be credited now, or not so much, or what was paid is not accounted for
 */
export function createCreditNote(
  ctx: Ctx,
  input: CreditNoteInput,
  purpose: 'issue' | 'preview' = 'issue',
): CreditNoteRecord {
  const invoice = byParam(ctx, 'invoices', input.invoice, 'invoice')
  permit(invoice, 'credit')
  if (isPaymentUnderway(ctx, invoice)) {
    throw invalidRequest('You cannot issue a credit note while a payment for the invoice is processing.')
  }
  const earlier = issuedNotes(ctx, invoice.id)
  const { lines, shipping, sums } = contentOf(ctx, invoice, input, earlier)
  const total = Number(sums.total)
  const linked = linkRefunds(ctx, invoice, input.refunds, earlier)
  checkTotal(total, creditable(ctx, invoice, earlier, linked))
  const allocation = allocate(
    total,
    invoice,
    earlier,
    {
      refund: input.refund_amount ?? 0,
      linked: linked.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0),
      credit: input.credit_amount ?? 0,
      outOfBand: input.out_of_band_amount ?? 0,
    },
    purpose === 'preview',
  )
  const refunds = [...linked, ...refundPayments(ctx, invoice, allocation.refund)]
  const id = ctx.newId('cn')
  const note: CreditNoteRecord = {
    id,
    object: 'credit_note',
    ...amountsOf(sums, allocation),
    amount_shipping: shipping?.amount_total ?? 0,
    created: ctx.now,
    currency: invoice.currency,
    customer: invoice.customer,
    customer_account: null,
    customer_balance_transaction: giveCredit(ctx, invoice, id, allocation.credit + allocation.returned),
    effective_at: input.effective_at ?? ctx.now,
    invoice: invoice.id,
    lines,
    livemode: false,
    memo: input.memo ?? null,
    metadata: mergeMetadata({}, input.metadata),
    number: numberOf(ctx, invoice),
    out_of_band_amount: input.out_of_band_amount ?? null,
    reason: input.reason ?? null,
    refunds,
    shipping_cost: shipping,
    status: 'issued',
    voided_at: null,
  }
  ctx.store.put('creditNotes', note)
  emit(ctx, 'credit_note.created', serializeCreditNote(ctx, note))
  creditInvoice(ctx, invoice, allocation)
  if (input.email_type !== 'none') mailCreditNote(ctx, note, invoice)
  return note
}

type Content = { lines: NoteLineRecord[]; shipping: InvoiceRecord['shipping_cost']; sums: CreditSums }

function contentOf(
  ctx: Ctx,
  invoice: InvoiceRecord,
  { amount, lines: inputs, shipping_cost: ship }: CreditNoteInput,
  earlier: readonly CreditNoteRecord[],
): Content {
  if (amount !== undefined && inputs) throw exclusiveParameters('amount', 'lines')
  if (amount !== undefined && ship) throw exclusiveParameters('amount', 'shipping_cost')
  if (amount === undefined && !inputs && !ship) throw missingParameter('amount')
  if (amount !== undefined) checkStep(amount, invoice.currency, 'amount')
  const lines =
    amount === undefined
      ? creditLines(
          ctx,
          invoice,
          inputs ?? [],
          earlier.flatMap((note) => note.lines),
        )
      : [amountLine(ctx, amount)]
  const shipping = ship ? shippingToCredit(invoice, ship.shipping_rate, earlier) : null
  const sums = sumCredit(lines.map(portionOf), invoice.discounts, {
    total: BigInt(shipping?.amount_total ?? 0),
    tax: BigInt(shipping?.amount_tax ?? 0),
  })
  return { lines, shipping, sums }
}

/** The invoice's shipping is credited as a whole, and once. */
function shippingToCredit(
  { shipping_cost: cost }: InvoiceRecord,
  rate: string | undefined,
  earlier: readonly CreditNoteRecord[],
): InvoiceRecord['shipping_cost'] {
  const param = 'shipping_cost[shipping_rate]'
  if (rate === undefined) throw missingParameter(param)
  if (!cost || cost.shipping_rate !== rate) {
    throw invalidRequest(`The shipping rate ${rate} is not the one of the invoice.`, { param })
  }
  if (earlier.some((note) => note.shipping_cost !== null)) {
    throw invalidRequest('The shipping of the invoice has been credited before.', { param })
  }
  return cost
}

/** All notes of an invoice, and what was refunded without one, come to its total at most. */
function creditable(
  ctx: Ctx,
  invoice: InvoiceRecord,
  earlier: readonly CreditNoteRecord[],
  linked: CreditNoteRecord['refunds'],
): number {
  const credited = earlier.reduce((sum, note) => sum + note.total, 0)
  return invoice.total - credited - refundedOtherwise(ctx, invoice, [...earlier, { refunds: linked }])
}

function checkTotal(total: number, left: number): void {
  if (total <= 0) throw invalidRequest('The total of a credit note must be greater than 0.')
  if (total > left) {
    throw invalidRequest(
      `The credit note comes to ${total}, but only ${left} of the invoice can still be credited.`,
    )
  }
}

function amountsOf(sums: CreditSums, { pre, post, returned }: Allocation) {
  const total = Number(sums.total)
  return {
    amount: total,
    balanceReturned: returned,
    ...shownDiscounts(sums.discountAmounts),
    post_payment_amount: post,
    pre_payment_amount: pre,
    subtotal: Number(sums.subtotal),
    subtotal_excluding_tax: Number(sums.subtotalExcludingTax),
    total,
    total_excluding_tax: Number(sums.totalExcludingTax),
    total_taxes: sums.taxes.map(wireTax),
    type: post === 0 ? 'pre_payment' : pre === 0 ? 'post_payment' : 'mixed',
  }
}

/** `ABCD-0001-CN-01`; void notes keep their number. */
function numberOf(ctx: Ctx, { id, number }: InvoiceRecord): string {
  const sequence = ctx.store.table('creditNotes').count('invoice', id) + 1
  return `${number}-CN-${String(sequence).padStart(2, '0')}`
}

function giveCredit(ctx: Ctx, invoice: InvoiceRecord, note: string, amount: number): string | null {
  if (amount === 0) return null
  const { customer, transaction } = moveBalance(ctx, invoice.customer, {
    amount: -amount,
    currency: invoice.currency,
    type: 'credit_note',
    creditNote: note,
  })
  refreshDrafts(ctx, customer)
  return transaction.id
}

/** An open invoice that has nothing left to ask for is paid. */
function creditInvoice(ctx: Ctx, invoice: InvoiceRecord, { pre, post }: Allocation): void {
  const reduced: InvoiceRecord = {
    ...invoice,
    amount_due: invoice.amount_due - pre,
    amount_remaining: invoice.amount_remaining - pre,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + post,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + pre,
  }
  const isSettled = invoice.status === 'open' && reduced.amount_remaining === 0
  const saved = saveInvoice(ctx, serializeInvoice(ctx, invoice), isSettled ? settled(ctx, reduced) : reduced)
  if (isSettled) emit(ctx, 'invoice.paid', serializeInvoice(ctx, saved))
  syncDefaultPayment(ctx, saved)
}
