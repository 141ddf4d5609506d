import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventTargets, ruleFor } from './event-targets'

const dirtied = (type: string, object: Record<string, unknown>, before: Record<string, unknown> = {}) => {
  const rule = ruleFor(type)
  return rule === null ? null : [rule.dirties, rule.id(object, before)]
}

describe('what an event makes stale', () => {
  it.each([
    ['invoice.paid', { id: 'in_1' }, {}, ['invoice', 'in_1']],
    ['invoiceitem.created', { id: 'ii_1', invoice: 'in_1' }, {}, ['invoice', 'in_1']],
    ['customer.updated', { id: 'cus_1' }, {}, ['customer', 'cus_1']],
    ['customer.tax_id.created', { id: 'txi_1', customer: 'cus_1' }, {}, ['customer', 'cus_1']],
    ['customer.discount.deleted', { id: 'di_1', customer: 'cus_1' }, {}, ['customer', 'cus_1']],
    ['customer_cash_balance_transaction.created', { customer: 'cus_1' }, {}, ['customer', 'cus_1']],
    ['payment_method.detached', { id: 'pm_1', customer: null }, { customer: 'cus_1' }, ['customer', 'cus_1']],
    ['charge.refunded', { id: 'ch_1' }, {}, ['charge', 'ch_1']],
    ['charge.refund.updated', { id: 're_1', charge: 'ch_1' }, {}, ['charge', 'ch_1']],
    ['charge.dispute.created', { id: 'dp_1', charge: 'ch_1' }, {}, ['charge', 'ch_1']],
    ['refund.created', { id: 're_1', charge: 'ch_1' }, {}, ['charge', 'ch_1']],
    ['credit_note.voided', { id: 'cn_1' }, {}, ['credit_note', 'cn_1']],
    ['invoice.upcoming', {}, {}, null],
    ['three_d_secure.created', { id: 'x' }, {}, null],
    ['invoices.odd', { id: 'x' }, {}, null],
  ])('%s', (type, object, before, expected) => {
    expect(dirtied(type, object, before)).toEqual(expected)
  })

  it('follows from the longest family that is known, whatever comes behind it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(eventTargets)),
        fc.stringMatching(/^[a-z_]{1,9}$/),
        (family, verb) => {
          fc.pre(!Object.hasOwn(eventTargets, `${family}.${verb}`))
          expect(ruleFor(`${family}.${verb}`)).toBe(eventTargets[family])
        },
      ),
    )
  })

  it('is nothing for names that every object has', () => {
    expect(ruleFor('constructor')).toBeNull()
    expect(ruleFor('__proto__.x')).toBeNull()
  })
})
