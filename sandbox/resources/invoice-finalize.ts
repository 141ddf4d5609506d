import { type Ctx, referred } from '@/sandbox/context'
import { chargeLimits } from '@/sandbox/currencies'
import { emit } from '@/sandbox/events'
import { StripeError } from '@/sandbox/http/errors'
import { moveBalance } from '@/sandbox/resources/customer-balance'
import { spendDiscount } from '@/sandbox/resources/customer-discount'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { permit } from '@/sandbox/resources/invoice-edit'
import { takeNumber } from '@/sandbox/resources/invoice-number'
import { createDefaultPayment } from '@/sandbox/resources/invoice-payment-default'
import { checkPaymentTypes } from '@/sandbox/resources/invoice-payment-types'
import {
  type Invoice,
  type InvoiceRecord,
  refreshDraft,
  refreshDrafts,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import { frozenRendering } from '@/sandbox/resources/invoice-rendering'
import { supersede } from '@/sandbox/resources/invoice-revision'
import { settle } from '@/sandbox/totals'

/**
 * Makes a draft final: freezes its customer and sums, applies the customer's balance, gives it a number, a hosted
 * page and a payment. Nothing is charged; an invoice with nothing due is paid at once. A revision voids what it revises.
 * @throws StripeError unless it is a draft; or, noted on the draft, when its customer is gone, its template archived, no
 * kind of payment method possible, or what it revises cannot be voided any more
 */
export function finalizeInvoice(ctx: Ctx, asked: InvoiceRecord, autoAdvance?: boolean): InvoiceRecord {
  permit(asked, 'finalize')
  try {
    return makeFinal(ctx, asked, autoAdvance)
  } catch (error) {
    throw error instanceof StripeError ? noteFailure(ctx, asked, error) : error
  }
}

/** The draft stays as it was and says why it is not final. Answers the refusal, which keeps that note. */
function noteFailure(ctx: Ctx, draft: InvoiceRecord, refusal: StripeError): StripeError {
  ctx.store.rollback()
  const { type, message, code, param } = refusal.body
  const failed = saveInvoice(ctx, serializeInvoice(ctx, draft), {
    ...draft,
    last_finalization_error: { type, message, code, param },
  })
  emit(ctx, 'invoice.finalization_failed', serializeInvoice(ctx, failed))
  return new StripeError(refusal.status, refusal.body, true)
}

function makeFinal(ctx: Ctx, asked: InvoiceRecord, autoAdvance: boolean | undefined): InvoiceRecord {
  livingCustomer(ctx, asked.customer, 'customer', 400)
  const draft = supersede(ctx, asked)
  const before = serializeInvoice(ctx, draft)
  const number = draft.number ?? takeNumber(ctx, draft.customer)
  const settled = applyBalance(ctx, refreshDraft(ctx, draft))
  checkPaymentTypes(settled)
  const final: InvoiceRecord = {
    ...settled,
    auto_advance: autoAdvance ?? draft.auto_advance,
    automatically_finalizes_at: null,
    effective_at: draft.effective_at ?? ctx.now,
    last_finalization_error: null,
    number,
    rendering: frozenRendering(ctx, draft.rendering),
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: ctx.now },
    token: `test_${ctx.newToken(64)}`,
    wantedFinalizationAt: null,
  }
  spendDiscount(ctx, final)
  return settled.amount_due === 0 ? finalizePaid(ctx, before, final) : finalizeOpen(ctx, before, final)
}

function finalizeOpen(ctx: Ctx, before: Invoice, final: InvoiceRecord): InvoiceRecord {
  const collects = final.auto_advance && final.collection_method === 'charge_automatically'
  const open = {
    ...final,
    next_payment_attempt: collects ? (final.next_payment_attempt ?? ctx.now + 3600) : null,
  }
  emit(ctx, 'invoice.finalized', serializeInvoice(ctx, open))
  saveInvoice(ctx, before, open)
  createDefaultPayment(ctx, open)
  tellDrafts(ctx, open)
  return open
}

function finalizePaid(ctx: Ctx, before: Invoice, final: InvoiceRecord): InvoiceRecord {
  const paid: InvoiceRecord = {
    ...final,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...final.status_transitions, paid_at: ctx.now },
  }
  emit(ctx, 'invoice.finalized', serializeInvoice(ctx, paid))
  saveInvoice(ctx, before, paid)
  emit(ctx, 'invoice.paid', serializeInvoice(ctx, paid))
  tellDrafts(ctx, paid)
  return paid
}

/** The customer's other drafts show its balance, which this one may have used. */
function tellDrafts(
  ctx: Ctx,
  { customer, starting_balance: before, ending_balance: after }: InvoiceRecord,
): void {
  if (after !== before) refreshDrafts(ctx, referred(ctx, 'customers', customer))
}

function applyBalance(ctx: Ctx, draft: InvoiceRecord): InvoiceRecord {
  const { currency } = draft
  const { amountDue, endingBalance, movements } = settle(
    BigInt(draft.total),
    BigInt(draft.starting_balance),
    chargeLimits(currency),
  )
  for (const { type, amount } of movements) {
    moveBalance(ctx, draft.customer, { amount: Number(amount), currency, type, invoice: draft.id })
  }
  return {
    ...draft,
    amount_due: Number(amountDue),
    amount_remaining: Number(amountDue),
    ending_balance: Number(endingBalance),
  }
}
