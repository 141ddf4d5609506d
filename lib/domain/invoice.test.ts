import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles } from './access'
import {
  type BadgeFacts,
  canMove,
  canMoveAs,
  type InvoiceFacts,
  type InvoiceMove,
  type InvoiceStatus,
  invoiceBadge,
  invoiceMoves,
  invoiceStatuses,
  isPastDue,
} from './invoice'

const plain: Omit<InvoiceFacts, 'status'> = {
  collectionMethod: 'send_invoice',
  customerEmail: 'ap@acme.test',
  amountPaid: 0,
  hasLines: true,
  isPaymentProcessing: false,
}
const answer = (status: InvoiceStatus, move: InvoiceMove, changes: Partial<InvoiceFacts> = {}) => {
  const said = canMove({ ...plain, status, ...changes }, move)
  return said.allowed ? 'yes' : said.reason
}

/** Written out a second time, by hand, from Stripe's "Status transitions and finalization". */
const expected: Record<InvoiceMove, string> = {
  //                 draft        open               paid               void               uncollectible
  finalize:
    '           yes          already_finalized  already_finalized  already_finalized  already_finalized',
  send: '               yes          yes                already_paid       already_void       already_uncollectible',
  pay_out_of_band: '    still_draft  yes                already_paid       already_void       yes',
  void: '               still_draft  yes                already_paid       already_void       yes',
  mark_uncollectible:
    ' still_draft  yes                already_paid       already_void       already_uncollectible',
  delete_draft: '       yes          not_draft          not_draft          not_draft          not_draft',
}
const matrix = invoiceMoves.flatMap((move) =>
  expected[move]
    .trim()
    .split(/\s+/)
    .map((said, index) => [move, invoiceStatuses[index] ?? 'draft', said] as const),
)

describe('canMove', () => {
  it.each(matrix)('%s on %s: %s', (move, status, said) => {
    expect(answer(status, move)).toBe(said)
  })

  it('needs lines to make a draft final', () => {
    expect(answer('draft', 'finalize', { hasLines: false })).toBe('no_lines')
    expect(answer('draft', 'send', { hasLines: false })).toBe('no_lines')
    expect(answer('draft', 'delete_draft', { hasLines: false })).toBe('yes')
  })

  it('needs an address and an invoice that asks for payment to mail it', () => {
    for (const status of ['draft', 'open'] as const) {
      expect(answer(status, 'send', { customerEmail: null })).toBe('no_email')
      expect(answer(status, 'send', { collectionMethod: 'charge_automatically' })).toBe(
        'charged_automatically',
      )
    }
  })

  it('touches nothing while money moves, and voids nothing that money has been paid for', () => {
    for (const status of ['open', 'uncollectible'] as const) {
      expect(answer(status, 'void', { amountPaid: 1 })).toBe('partly_paid')
      for (const move of ['void', 'pay_out_of_band'] as const) {
        expect(answer(status, move, { isPaymentProcessing: true })).toBe('payment_processing')
      }
    }
    expect(answer('open', 'mark_uncollectible', { isPaymentProcessing: true })).toBe('payment_processing')
    expect(answer('open', 'pay_out_of_band', { amountPaid: 1 })).toBe('yes')
  })

  it('leaves void and paid invoices as they are, whatever else is true of them', () => {
    const anyFacts = fc.record({
      status: fc.constantFrom('paid' as const, 'void' as const),
      collectionMethod: fc.constantFrom('charge_automatically' as const, 'send_invoice' as const),
      customerEmail: fc.option(fc.emailAddress()),
      amountPaid: fc.nat(),
      hasLines: fc.boolean(),
      isPaymentProcessing: fc.boolean(),
    })
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...invoiceMoves), (facts, move) => {
        expect(canMove(facts, move).allowed).toBe(false)
      }),
    )
  })
})

describe('canMoveAs', () => {
  it('explains the state first and the role second', () => {
    const open: InvoiceFacts = { ...plain, status: 'open' }
    expect(canMoveAs('viewer', open, 'void')).toEqual({ allowed: false, reason: 'role_may_not' })
    expect(canMoveAs('viewer', open, 'finalize')).toEqual({ allowed: false, reason: 'already_finalized' })
    expect(canMoveAs('biller', open, 'void')).toEqual({ allowed: true })
  })

  it('never allows a person what the state forbids', () => {
    for (const role of roles) {
      for (const [move, status, said] of matrix) {
        if (said === 'yes') continue
        expect(canMoveAs(role, { ...plain, status }, move)).toEqual({ allowed: false, reason: said })
      }
    }
  })
})

describe('invoiceBadge', () => {
  const today = new Date('2026-11-24T00:00:00Z')
  const yesterday = new Date('2026-11-23T23:59:59Z')
  const badge = (facts: Partial<BadgeFacts>) =>
    invoiceBadge(
      {
        status: 'open',
        automaticallyFinalizesAt: null,
        dueAt: null,
        amountPaid: 0,
        paymentState: 'none',
        ...facts,
      },
      today,
    )

  it.each([
    [{ status: 'draft' }, 'draft'],
    [{ status: 'draft', automaticallyFinalizesAt: today }, 'scheduled'],
    [{ status: 'draft', dueAt: yesterday }, 'draft'],
    [{ status: 'open' }, 'open'],
    [{ dueAt: today }, 'open'],
    [{ dueAt: yesterday }, 'past_due'],
    [{ dueAt: yesterday, paymentState: 'processing' }, 'processing'],
    [{ dueAt: yesterday, paymentState: 'failed' }, 'past_due'],
    [{ paymentState: 'failed' }, 'payment_failed'],
    [{ paymentState: 'requires_action' }, 'payment_failed'],
    [{ amountPaid: 1 }, 'partly_paid'],
    [{ amountPaid: 1, dueAt: yesterday }, 'past_due'],
    [{ status: 'paid', dueAt: yesterday }, 'paid'],
    [{ status: 'void', dueAt: yesterday }, 'void'],
    [{ status: 'uncollectible', dueAt: yesterday }, 'uncollectible'],
  ] as [Partial<BadgeFacts>, string][])('%j is %s', (facts, expectedBadge) => {
    expect(badge(facts)).toBe(expectedBadge)
  })

  it('says past due of open invoices only', () => {
    for (const status of invoiceStatuses) {
      expect(isPastDue({ status, dueAt: yesterday }, today)).toBe(status === 'open')
    }
  })
})
