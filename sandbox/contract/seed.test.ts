import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'

const company = { seed: 7, customers: 12, invoices: 60, months: 6, currencies: ['usd', 'eur'] }
const first = useSandbox({ seed: 1 })
const second = useSandbox({ seed: 1 })

describe('a seeded company', () => {
  test('has currencies that there are', async () => {
    const nowhere = first.control('POST', 'seed', { ...company, currencies: ['usd', 'zzz'] })
    await expect(nowhere).rejects.toThrow(/There is no such currency/)
    expect((await first.stripe.products.list()).data).toEqual([])
  })

  test('has its customers and invoices, in every state asked for, over the months', async () => {
    expect(await first.control('POST', 'seed', company)).toMatchObject({ ok: true, invoices: 60 })
    const customers = await first.stripe.customers.list({ limit: 100 })
    expect(customers.data).toHaveLength(12)
    const { data: invoices } = await first.stripe.invoices.list({ limit: 100 })
    expect(invoices).toHaveLength(60)
    expect(new Set(invoices.map(({ currency }) => currency))).toEqual(new Set(['usd', 'eur']))
    expect(invoices.map(({ created }) => created)).toEqual(
      invoices.map(({ created }) => created).toSorted((a, b) => b - a),
    )
    for (const invoice of invoices) {
      expect(invoice.total).toBeGreaterThan(0)
      expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid)
      if (invoice.status === 'paid') {
        expect(invoice.status_transitions.paid_at).toBeGreaterThanOrEqual(invoice.created)
      }
    }
  })

  test('is told, not lived: nothing waits to be delivered, and no event is older than Stripe keeps them', async () => {
    const { now, pendingDeliveries } = await first.control<Record<string, number>>('GET', 'health')
    expect(pendingDeliveries).toBe(0)
    const { data: events } = await first.stripe.events.list({ limit: 100 })
    expect(events.length).toBeGreaterThan(0)
    for (const { created } of events) expect(created).toBeGreaterThan((now ?? 0) - 31 * 86_400)
  })

  test('follows from one number', async () => {
    await second.control('POST', 'seed', company)
    const of = async ({ stripe }: typeof first) =>
      (await stripe.invoices.list({ limit: 100 })).data.map(({ number, total, status }) => [
        number,
        total,
        status,
      ])
    expect(await of(second)).toEqual(await of(first))
  })

  test('goes into an empty account only', async () => {
    await expect(first.control('POST', 'seed', company)).rejects.toThrow(/reset the sandbox first/)
  })
})

test('the states asked for are the states there are', async () => {
  const states = { draft: 1, open: 1, past_due: 1, paid: 0, void: 1, uncollectible: 1 }
  await second.control('POST', 'reset')
  await second.control('POST', 'seed', { ...company, states })
  const { data: invoices } = await second.stripe.invoices.list({ limit: 100 })
  expect(new Set(invoices.map(({ status }) => status))).toEqual(
    new Set(['draft', 'open', 'void', 'uncollectible']),
  )
  const { now = 0 } = await second.control<Record<string, number>>('GET', 'clock')
  const open = invoices.filter(({ status }) => status === 'open')
  expect(open.some(({ due_date: due }) => (due ?? 0) < now)).toBe(true)
  expect(open.some(({ due_date: due }) => (due ?? 0) > now)).toBe(true)
})
