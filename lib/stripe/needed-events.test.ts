import { describe, expect, it } from 'vitest'
import { eventTargets } from '@/lib/domain/event-targets'
import { missingEvents, neededEvents } from './needed-events'
import { parseEvent } from './parse-event'

/** Understood when they come, but what changed is told by other events too. */
const isOlderForm = new Set([
  'charge.refund',
  'customer.bank_account',
  'customer.card',
  'customer.source',
  'customer.subscription',
  'customer_cash_balance_transaction',
])

describe('what an endpoint has to send', () => {
  it('is what changes something in the mirror', () => {
    for (const type of neededEvents) {
      const object = { id: 'x_1', customer: 'cus_1', invoice: 'in_1', payment_intent: 'pi_1', charge: 'ch_1' }
      const event = { id: 'evt_1', object: 'event', created: 1, livemode: false, type, data: { object } }
      expect(parseEvent(JSON.stringify(event))?.concerns, type).not.toBeNull()
    }
  })

  it('is something of every kind that an event can change', () => {
    for (const [family, rule] of Object.entries(eventTargets)) {
      if (rule === null || isOlderForm.has(family)) continue
      expect(
        neededEvents.some((type) => type.startsWith(`${family}.`)),
        family,
      ).toBe(true)
    }
  })

  it('is sent by an endpoint for everything, for whole families, or for each by name', () => {
    expect(missingEvents(['*'])).toEqual([])
    expect(missingEvents(neededEvents)).toEqual([])
    const families = new Set(neededEvents.map((type) => `${type.split('.')[0]}.*`))
    expect(missingEvents([...families])).toEqual([])
  })

  it('is named where it is not sent', () => {
    expect(missingEvents([])).toEqual(neededEvents)
    expect(missingEvents(neededEvents.filter((type) => type !== 'invoice.voided'))).toEqual([
      'invoice.voided',
    ])
    expect(missingEvents(['invoice.*'])).not.toContain('invoice.paid')
    expect(missingEvents(['invoice.*'])).toContain('invoice_payment.paid')
    expect(missingEvents(['customer.tax_id.*'])).toContain('customer.created')
  })
})
