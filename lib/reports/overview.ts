import 'server-only'
import { pool } from '@/lib/db/client'
import { type InvoiceRecord, invoiceRecordColumns, invoiceRowsAt } from '@/lib/db/invoice-row'
import type { Ctx } from '@/lib/domain/context'
import { calendarDate, pastDueBefore, startOfMonth } from '@/lib/domain/dates'
import type { InvoiceRow, OverviewSummary } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { env } from '@/lib/env'

const fewRows = 8

/** What needs a person today: sums per currency, never across them, and the invoices that have waited longest. */
export async function overview({ now }: Ctx): Promise<OverviewSummary> {
  const zone = env().billingTimeZone
  const today = pastDueBefore(now, zone)
  const month = startOfMonth(now, zone)
  const [currencies, oldestPastDue, recentDrafts] = await Promise.all([
    sumsByCurrency(today, month),
    rows(now, "status = 'open' and due_at < $1 order by due_at, id", [today]),
    rows(now, "status = 'draft' order by created_at desc, id desc", []),
  ])
  return { currencies, oldestPastDue, recentDrafts, monthStartsOn: calendarDate(month, zone) }
}

type Sums = Record<'draft' | 'open' | 'pastDue' | 'paidThisMonth', { count: number; amount: string }>

/** `open` holds what is past due too. A draft counts with its total, the others with what is left or was paid. */
async function sumsByCurrency(today: Date, month: Date): Promise<OverviewSummary['currencies']> {
  const sum = (amount: string, condition: string) =>
    `json_build_object('count', count(*) filter (where ${condition}),
       'amount', coalesce(sum(${amount}) filter (where ${condition}), 0)::text)`
  const { rows } = await pool().query<Sums & { currency: string }>(
    `select currency,
       ${sum('total', "status = 'draft'")} as draft,
       ${sum('amount_remaining', "status = 'open'")} as open,
       ${sum('amount_remaining', "status = 'open' and due_at < $1")} as "pastDue",
       ${sum('amount_paid', "status = 'paid' and paid_at >= $2")} as "paidThisMonth"
     from invoices
     where deleted_at is null and (status in ('draft', 'open') or (status = 'paid' and paid_at >= $2))
     group by currency
     order by currency`,
    [today, month],
  )
  const exact = ({ count, amount }: Sums['open']) => ({ count, amount: toMinorUnits(BigInt(amount)) })
  return rows.map(({ currency, draft, open, pastDue, paidThisMonth }) => ({
    currency,
    draft: exact(draft),
    open: exact(open),
    pastDue: exact(pastDue),
    paidThisMonth: exact(paidThisMonth),
  }))
}

async function rows(now: Date, conditionAndOrder: string, values: unknown[]): Promise<InvoiceRow[]> {
  const { rows } = await pool().query<InvoiceRecord>(
    `select ${invoiceRecordColumns} from invoices
     where deleted_at is null and ${conditionAndOrder}
     limit ${fewRows}`,
    values,
  )
  return rows.map(invoiceRowsAt(now))
}
