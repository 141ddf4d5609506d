import 'server-only'
import { db } from '@/lib/db/client'
import type { Invoice } from '@/lib/db/generated/client'
import { readInvoiceLines } from '@/lib/db/invoice-lines'
import { calendarDate, pastDueBefore } from '@/lib/domain/dates'
import { balanceApplied, invoiceBadge } from '@/lib/domain/invoice'
import type { InvoiceLineView, PublicInvoice } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { env } from '@/lib/env'
import { findLink } from './find-link'
import { canBePaid, publicState } from './public-state'

/**
 * What the customer's page shows for `token`: the invoice as the mirror has it, that the link was revoked, or null for a
 * token that is nobody's and for an invoice that is gone.
 */
export async function findPublicInvoice(
  token: string,
): Promise<{ invoice: PublicInvoice; invoiceId: string } | { revoked: true } | null> {
  const link = await findLink(token)
  if (!link) return null
  if (link.isRevoked) return { revoked: true }
  const { invoiceId } = link
  const [invoice, lines, sellerName] = await Promise.all([
    db().invoice.findUnique({ where: { id: invoiceId, deletedAt: null }, omit: { raw: true } }),
    readInvoiceLines(invoiceId),
    sellerOf(),
  ])
  if (!invoice) return null
  return { invoice: publicInvoice(invoice, lines, sellerName, new Date()), invoiceId }
}

async function sellerOf(): Promise<string | null> {
  const status = await db().syncStatus.findFirst({ select: { accountName: true } })
  return status?.accountName ?? null
}

type Stored = Omit<Invoice, 'raw'>

function publicInvoice(
  invoice: Stored,
  lines: InvoiceLineView[],
  sellerName: string | null,
  now: Date,
): PublicInvoice {
  const zone = env().billingTimeZone
  const badge = invoiceBadge(
    { ...invoice, amountPaid: toMinorUnits(invoice.amountPaid) },
    pastDueBefore(now, zone),
  )
  const state = publicState(badge)
  const parties = { sellerName, customerName: invoice.customerName, currency: invoice.currency, state }
  // What is being written is nobody's business yet: it may still change.
  if (state === 'not_yet') return { ...nothingYet, ...parties }
  const date = (instant: Date | null) => instant && calendarDate(instant, zone)
  return {
    ...parties,
    ...amountsOf(invoice),
    number: invoice.number,
    issuedOn: date(invoice.finalizedAt),
    dueOn: date(invoice.dueAt),
    paidOn: date(invoice.paidAt),
    memo: invoice.description,
    footer: invoice.footer,
    lines: lines.map(({ description, quantity, unitAmountDecimal, amount }) => ({
      description,
      quantity,
      unitAmountDecimal,
      amount,
    })),
    canPay: canBePaid(invoice, badge),
    hasPdf: true,
  }
}

const nothingYet = {
  number: null,
  total: 0,
  subtotal: 0,
  amountDue: 0,
  amountPaid: 0,
  amountRemaining: 0,
  balanceApplied: 0,
  issuedOn: null,
  dueOn: null,
  paidOn: null,
  memo: null,
  footer: null,
  lines: [],
  canPay: false,
  hasPdf: false,
}

function amountsOf({ startingBalance, endingBalance, ...invoice }: Stored) {
  return {
    total: toMinorUnits(invoice.total),
    subtotal: toMinorUnits(invoice.subtotal),
    amountDue: toMinorUnits(invoice.amountDue),
    amountPaid: toMinorUnits(invoice.amountPaid),
    amountRemaining: toMinorUnits(invoice.amountRemaining),
    balanceApplied: balanceApplied(
      toMinorUnits(startingBalance),
      endingBalance === null ? null : toMinorUnits(endingBalance),
    ),
  }
}
