import { expect, it } from 'vitest'
import { canMoveAs, type InvoiceFacts, invoiceMoves, invoiceStatuses } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { primaryMove } from './primary-move'

const facts: InvoiceFacts = {
  status: 'draft',
  collectionMethod: 'send_invoice',
  customerEmail: 'billing@acme.test',
  amountPaid: 0,
  hasLines: true,
  isPaymentProcessing: false,
}

function primaryOf(changes: Partial<InvoiceFacts>, role: 'viewer' | 'biller' = 'biller') {
  const invoice = { ...facts, ...changes }
  const answers = invoiceMoves.map((move) => [move, canMoveAs(role, invoice, move)])
  return primaryMove({ status: invoice.status, moves: Object.fromEntries(answers) as InvoiceDetail['moves'] })
}

it('offers what each status calls for', () => {
  expect(invoiceStatuses.map((status) => primaryOf({ status }))).toEqual([
    'send',
    'send',
    null,
    null,
    'pay_out_of_band',
  ])
})

it('falls back to what is possible where the customer has no address', () => {
  expect(primaryOf({ customerEmail: null })).toBe('finalize')
  expect(primaryOf({ status: 'open', customerEmail: null })).toBe('pay_out_of_band')
})

it('keeps the first in sight, off and explained, where nothing is possible', () => {
  expect(primaryOf({ hasLines: false })).toBe('send')
  expect(primaryOf({ status: 'open' }, 'viewer')).toBe('send')
})
