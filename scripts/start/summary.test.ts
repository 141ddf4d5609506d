import { expect, test } from 'vitest'
import { formatSummary, type Summary } from './summary'

const summary: Summary = {
  url: 'http://localhost:3000',
  listensOn: '127.0.0.1, port 3000',
  stripe: { kind: 'sandbox', url: 'http://127.0.0.1:4242', dataDir: '/srv/duebook/sandbox' },
  database: { kind: 'embedded', dataDir: '/srv/duebook/postgres' },
  logs: '/srv/duebook/logs',
  hasPeople: true,
}

test('names the address, the demo people, where data lies and how to stop', () => {
  expect(formatSummary(summary)).toBe(`
Duebook runs at http://localhost:3000

  Sign in      admin@duebook.test, biller@duebook.test or viewer@duebook.test
               password of all three: duebook-demo
  Stripe       the sandbox at http://127.0.0.1:4242, no real money; data in /srv/duebook/sandbox
  Database     embedded PostgreSQL in /srv/duebook/postgres
  Logs         /srv/duebook/logs
  Listens on   127.0.0.1, port 3000
  Stop         Ctrl-C
`)
})

test('with a real account it offers no demo people, and says when invoices are real', () => {
  const text = formatSummary({ ...summary, stripe: { kind: 'account', livemode: true } })
  expect(text).not.toContain('duebook-demo')
  expect(text).toContain('invoices are real')
})

test('says how the first person gets in', () => {
  const text = formatSummary({ ...summary, hasPeople: false, stripe: { kind: 'account', livemode: false } })
  expect(text).toContain('npm run user -- add')
})
