import fc from 'fast-check'
import { expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { pool } from '@/lib/db/client'
import { pastDueBefore } from '@/lib/domain/dates'
import { invoiceStatuses, isPastDue } from '@/lib/domain/invoice'

useTestDatabase()

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
  'Asia/Kolkata',
]
const around = {
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
}
const invoice = fc.record({
  status: fc.constantFrom(...invoiceStatuses),
  // Whole seconds, as Stripe has them; near midnight is where mistakes are.
  dueAt: fc.option(fc.date(around).map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))),
})

it('past due is the same in SQL and in TypeScript, in every zone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(invoice, { minLength: 1, maxLength: 50 }),
      fc.date(around),
      fc.constantFrom(...zones),
      async (invoices, now, zone) => {
        const before = pastDueBefore(now, zone)
        const { rows } = await pool().query<{ past_due: boolean; day_before: boolean }>(
          `select coalesce(status = 'open' and due_at < $3, false) as past_due,
             coalesce(status = 'open' and (due_at at time zone $4)::date < ($5::timestamptz at time zone $4)::date, false)
               as day_before
           from unnest($1::invoice_status[], $2::timestamptz[]) with ordinality as invoice (status, due_at, position)
           order by position`,
          [invoices.map((one) => one.status), invoices.map((one) => one.dueAt), before, zone, now],
        )
        const expected = invoices.map((one) => isPastDue(one, before))
        expect(rows.map((row) => row.past_due)).toEqual(expected)
        // PostgreSQL's own calendar agrees with ours on what "a day before today" is.
        expect(rows.map((row) => row.day_before)).toEqual(expected)
      },
    ),
    { numRuns: 300 },
  )
})
