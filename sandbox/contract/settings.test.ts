import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { customer, draft, openInvoice } from '@/sandbox/contract/scenes'
import type { Switches } from '@/sandbox/settings'

const sandbox = useSandbox()

const settings = () => sandbox.control<Switches>('GET', 'settings')
const set = (change: unknown) => sandbox.control<Switches>('POST', 'settings', change)

describe('the settings', () => {
  test('begin as those of a new account', async () => {
    expect(await settings()).toMatchObject({
      account: {
        numbering: 'customer',
        rounding: 'line',
        grace_hours: 1,
        after_last_retry: 'leave',
        reminder_days: [],
        automations: { will_be_due_days: null, overdue_days: null },
      },
      sandbox: { search_lag_seconds: 0, rate_limits: false, lock_timeout: false },
    })
  })

  test('change by leaf; lists change as a whole', async () => {
    const before = await settings()
    const after = await set({ account: { automations: { overdue_days: 3 }, retries: { days: [1, 3] } } })
    expect(after).toEqual({
      ...before,
      account: {
        ...before.account,
        automations: { will_be_due_days: null, overdue_days: 3 },
        retries: { days: [1, 3] },
      },
    })
    expect(await settings()).toEqual(after)
    await sandbox.control('POST', 'reset')
    expect(await settings()).toEqual(before)
  })

  test.each([
    [{ account: { numbering: 'gapless' } }],
    [{ account: { grace_hours: 0 } }],
    [{ account: { grace_hours: 73 } }],
    [{ account: { reminder_days: [1, 2, 3, 4] } }],
    [{ account: { reminder_days: [61] } }],
    [{ account: { retries: { days: ['1'] } } }],
    [{ account: { colour: 'blue' } }],
    [{ account: 'none' }],
    [{ sandbox: { search_lag_seconds: -1 } }],
    [[]],
    ['on'],
  ])('refuse %j, and stay as they were', async (change) => {
    const before = await settings()
    await expect(set(change)).rejects.toThrow(/400/)
    expect(await settings()).toEqual(before)
  })
})

describe('invoice numbers', () => {
  test('come from one sequence when the account wants it so', async () => {
    const { stripe } = sandbox
    const [first, second] = [await customer(stripe), await customer(stripe)]
    expect((await openInvoice(stripe, { customer: first.id })).number).toBe(`${first.invoice_prefix}-0001`)
    await set({ account: { numbering: 'account', invoice_prefix: 'DESK', next_invoice_sequence: 998 } })
    const taken = await draft(stripe, { customer: first.id, number: 'DESK-0999' })
    const numbers: (string | null)[] = []
    for (const owner of [first, second, first]) {
      numbers.push((await openInvoice(stripe, { customer: owner.id })).number)
    }
    expect(numbers).toEqual(['DESK-0998', 'DESK-1000', 'DESK-1001'])
    expect((await stripe.invoices.finalizeInvoice(taken.id)).number).toBe('DESK-0999')
    await set({ account: { numbering: 'customer' } })
    expect((await openInvoice(stripe, { customer: first.id })).number).toBe(`${first.invoice_prefix}-0002`)
  })

  test('of the account hide the sequences of its customers', async () => {
    const { id, next_invoice_sequence: next } = await customer(sandbox.stripe)
    expect(next).toBe(1)
    await set({ account: { numbering: 'account' } })
    const update = await sandbox.stripe.customers.update(id, { next_invoice_sequence: 7 })
    expect(update).not.toHaveProperty('next_invoice_sequence')
    await set({ account: { numbering: 'customer' } })
    expect((await sandbox.stripe.customers.retrieve(id)) as object).toMatchObject({
      next_invoice_sequence: 1,
    })
  })

  test('are not given twice', async () => {
    const { account } = await set({ account: { numbering: 'account', invoice_prefix: 'ONCE' } })
    await openInvoice(sandbox.stripe)
    await expect(set({ account: { next_invoice_sequence: account.next_invoice_sequence } })).rejects.toThrow(
      /used/,
    )
    await set({ account: { invoice_prefix: 'NEW', next_invoice_sequence: 1, numbering: 'customer' } })
  })
})
