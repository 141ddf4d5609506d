import { expect, it } from 'vitest'
import { permissions } from '@/lib/domain/access'
import { timelineTitle } from './timeline'

it('has a title for everything that is done to an invoice, in every outcome', () => {
  const names = permissions.filter((name) => /^(invoice|share_link)\./.test(name))
  expect(names.length).toBeGreaterThan(8)
  for (const what of names) {
    for (const outcome of ['done', 'failed', 'running', 'unknown'] as const) {
      expect(timelineTitle({ what, outcome })).toMatch(/^[A-Z]/)
    }
  }
})

it('speaks of what Stripe reported, and shows what it has no words for', () => {
  expect(timelineTitle({ what: 'invoice.paid', outcome: 'done' })).toBe('Paid')
  expect(timelineTitle({ what: 'invoice.brand_new', outcome: 'done' })).toBe('invoice.brand_new')
  expect(timelineTitle({ what: 'constructor', outcome: 'done' })).toBe('constructor')
})
