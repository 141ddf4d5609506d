import { expect, test } from 'vitest'
import { findForbidden } from './bundle'

test.each([
  ['const key="sk_live_51AbCdEfGhIj"', ['a Stripe key']],
  ['fetch("/_sandbox/clock")', ['the sandbox']],
  ['process.env.NEXTAUTH_SECRET', ['the name of a server setting']],
  ['"postgresql://duebook:secret@db/duebook"', ['a database address']],
  ['secret:"whsec_0123456789abcdef"', ['a webhook secret']],
  ['placeholder:"sk_test_…"', []],
  ['invoices/[invoiceId] customer owes whsec', []],
])('%s', (content, expected) => {
  expect(findForbidden(content)).toEqual(expected)
})
