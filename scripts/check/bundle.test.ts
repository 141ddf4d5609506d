import { expect, test } from 'vitest'
import { findForbidden } from './bundle'

test.each([
  ['const key="sk_live_51AbCdEfGhIj"', ['a Stripe key']],
  ['fetch("/_sandbox/clock")', ['the sandbox']],
  ['process.env.NEXTAUTH_SECRET', ['the reader of settings']],
  ['"postgresql://duebook:secret@db/duebook"', ['a database address']],
  ['secret:"whsec_0123456789abcdef"', ['a webhook secret']],
  ['next:"check STRIPE_SECRET_KEY and its permissions"', []],
  ['placeholder:"sk_test_…"', []],
  ['invoices/[invoiceId] customer owes whsec', []],
])('%s', (content, expected) => {
  expect(findForbidden(content)).toEqual(expected)
})
