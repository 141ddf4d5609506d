import { expect, it } from 'vitest'
import { billingIn, personOf } from '@/e2e/support/billing'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import { refresh } from '@/lib/sync/refresh'
import { overview } from './overview'

useTestDatabase()
const sandbox = useTestSandbox()
const billing = billingIn(sandbox)

const now = new Date('2026-06-15T09:00:00Z')
const seenBy = (at = now) => overview({ ...personOf('viewer'), now: at })

type Standing = { status?: 'draft' | 'open' | 'void'; due?: string; paid?: string }

/** An invoice whose dates are moved to where the test wants them. */
async function invoice(currency: string, amount: number, { status, due, paid }: Standing): Promise<string> {
  const id = await billing.draft({ currency }, amount)
  if (status !== 'draft') await sandbox.stripe.invoices.finalizeInvoice(id)
  if (paid) await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
  if (status === 'void') await sandbox.stripe.invoices.voidInvoice(id)
  await refresh('invoice', id)
  const at = (date: string) => new Date(`${date}T12:00:00Z`)
  await db().invoice.update({
    where: { id },
    data: { dueAt: at(due ?? '2026-07-31'), paidAt: paid ? at(paid) : null },
  })
  return id
}

const none = { count: 0, amount: 0 }
const sum = (count: number, amount: number) => ({ count, amount })

it('says nothing while there is nothing', async () => {
  expect(await seenBy()).toEqual({
    currencies: [],
    oldestPastDue: [],
    recentDrafts: [],
    monthStartsOn: '2026-06-01',
  })
})

it('adds up per currency, never across, and lists what has waited longest', async () => {
  const drafts = [
    await invoice('usd', 100, { status: 'draft' }),
    await invoice('usd', 200, { status: 'draft', due: '2026-06-01' }),
  ]
  const late = await invoice('usd', 1_000, { due: '2026-06-14' })
  const latest = await invoice('eur', 50, { due: '2026-03-01' })
  const later = await invoice('usd', 2_000, { due: '2026-05-20' })
  await invoice('usd', 4_000, { due: '2026-06-15' })
  await invoice('usd', 8_000, { paid: '2026-06-01' })
  await invoice('usd', 16_000, { paid: '2026-05-31' })
  await invoice('usd', 32_000, { status: 'void', due: '2026-01-01' })
  await invoice('jpy', 7_000, { paid: '2026-06-10' })
  await invoice('chf', 9_000, { paid: '2026-05-10' })
  const gone = await invoice('kwd', 1_000, { status: 'draft' })
  await sandbox.stripe.invoices.del(gone)
  await refresh('invoice', gone)

  const { currencies, oldestPastDue, recentDrafts } = await seenBy()
  expect(currencies).toEqual([
    { currency: 'eur', draft: none, open: sum(1, 50), pastDue: sum(1, 50), paidThisMonth: none },
    { currency: 'jpy', draft: none, open: none, pastDue: none, paidThisMonth: sum(1, 7_000) },
    {
      currency: 'usd',
      draft: sum(2, 300),
      open: sum(3, 7_000),
      pastDue: sum(2, 3_000),
      paidThisMonth: sum(1, 8_000),
    },
  ])
  expect(oldestPastDue.map(({ id }) => id)).toEqual([latest, later, late])
  expect(oldestPastDue.every(({ badge }) => badge === 'past_due')).toBe(true)
  expect(recentDrafts.map(({ id }) => id).toSorted()).toEqual(drafts.toSorted())
})

it('begins the month anew', async () => {
  const { currencies, monthStartsOn } = await seenBy(new Date('2026-07-01T00:00:00Z'))
  expect(monthStartsOn).toBe('2026-07-01')
  for (const { paidThisMonth } of currencies) expect(paidThisMonth).toEqual(none)
})
