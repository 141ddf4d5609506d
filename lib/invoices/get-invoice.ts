import 'server-only'
import { db } from '@/lib/db/client'
import type { Invoice, InvoicePayment } from '@/lib/db/generated/client'
import { readInvoiceLines } from '@/lib/db/invoice-lines'
import { invoiceRowsAt } from '@/lib/db/invoice-row'
import type { Ctx } from '@/lib/domain/context'
import { stripeId } from '@/lib/domain/fields'
import { balanceApplied, canMoveAs, type InvoiceMove } from '@/lib/domain/invoice'
import {
  type InvoiceDetail,
  type InvoicePaymentView,
  paymentKinds,
  paymentStatuses,
} from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { env } from '@/lib/env'
import { oneOf } from '@/lib/stripe/read'
import { invoiceFacts } from './invoice-facts'

const invoiceId = stripeId('in')

/** An invoice as the mirror has it, with what `ctx.actor` may do to it now and why not. Null when unknown or deleted. */
export async function getInvoice(ctx: Ctx, id: string): Promise<InvoiceDetail | null> {
  if (!invoiceId.safeParse(id).success) return null
  const [invoice, lines, paid, link] = await Promise.all([
    db().invoice.findUnique({ where: { id, deletedAt: null }, omit: { raw: true } }),
    readInvoiceLines(id),
    db().invoicePayment.findMany({
      where: { invoiceId: id },
      omit: { raw: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    }),
    db().shareLink.findFirst({ where: { invoiceId: id, revokedAt: null }, orderBy: { createdAt: 'desc' } }),
  ])
  if (!invoice) return null
  const payments = paid.map(paymentView)
  return {
    ...invoiceRowsAt(ctx.now)(invoice),
    ...amountsOf(invoice),
    ...instantsOf(invoice),
    collectionMethod: invoice.collectionMethod,
    description: invoice.description,
    footer: invoice.footer,
    paymentError: invoice.paymentError,
    lines,
    payments,
    isPaidOutsideStripe: isPaidOutsideStripe(invoice, payments),
    moves: movesFor(ctx, invoice),
    shareLink: link && { createdAt: link.createdAt.toISOString() },
    stripeUrl: stripeUrl(id),
  }
}

type Stored = Omit<Invoice, 'raw'>

function amountsOf({ subtotal, amountDue, amountPaid, startingBalance, endingBalance }: Stored) {
  return {
    subtotal: toMinorUnits(subtotal),
    amountDue: toMinorUnits(amountDue),
    amountPaid: toMinorUnits(amountPaid),
    balanceApplied: balanceApplied(
      toMinorUnits(startingBalance),
      endingBalance === null ? null : toMinorUnits(endingBalance),
    ),
  }
}

function instantsOf(invoice: Stored) {
  const iso = (instant: Date | null) => instant?.toISOString() ?? null
  return {
    automaticallyFinalizesAt: iso(invoice.automaticallyFinalizesAt),
    finalizedAt: iso(invoice.finalizedAt),
    paidAt: iso(invoice.paidAt),
    voidedAt: iso(invoice.voidedAt),
    markedUncollectibleAt: iso(invoice.markedUncollectibleAt),
    mirroredAt: invoice.mirroredAt.toISOString(),
  }
}

function movesFor(ctx: Ctx, invoice: Stored): InvoiceDetail['moves'] {
  const facts = invoiceFacts(invoice)
  const answer = (move: InvoiceMove) => canMoveAs(ctx.actor.role, facts, move)
  return {
    finalize: answer('finalize'),
    send: answer('send'),
    pay_out_of_band: answer('pay_out_of_band'),
    void: answer('void'),
    mark_uncollectible: answer('mark_uncollectible'),
    delete_draft: answer('delete_draft'),
  }
}

function paymentView(payment: Omit<InvoicePayment, 'raw'>): InvoicePaymentView {
  return {
    id: payment.id,
    status: oneOf(paymentStatuses, payment.status, 'the status of a payment'),
    amountRequested: toMinorUnits(payment.amountRequested),
    amountPaid: payment.amountPaid === null ? null : toMinorUnits(payment.amountPaid),
    paidAt: payment.paidAt?.toISOString() ?? null,
    kind: oneOf(paymentKinds, payment.paymentType, 'the kind of a payment'),
  }
}

/** Money came in, and none of it through a payment that Stripe carried out. */
function isPaidOutsideStripe({ status, amountPaid }: Stored, payments: InvoicePaymentView[]): boolean {
  if (status !== 'paid' || amountPaid === 0n) return false
  return !payments.some((payment) => payment.status === 'paid' && payment.kind !== 'payment_record')
}

function stripeUrl(id: string): string | null {
  const { apiBase, livemode } = env().stripe
  if (apiBase !== undefined) return null
  return `https://dashboard.stripe.com/${livemode ? '' : 'test/'}invoices/${id}`
}
