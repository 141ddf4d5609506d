import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { answerOf, billingIn, personOf } from '@/e2e/support/billing'
import { allEvents, deliver, settle } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { isPastDue } from '@/lib/domain/invoice'
import type { InvoiceFilters } from '@/lib/domain/invoice-filters'
import { type InvoiceRow, type InvoiceTab, invoiceTabs } from '@/lib/domain/invoice-view'
import { refresh } from '@/lib/sync/refresh'
import { countInvoices } from './count-invoices'
import { createInvoice } from './create-invoice'
import { getInvoice } from './get-invoice'
import { invoiceTimeline } from './invoice-timeline'
import { listInvoices } from './list-invoices'
import { markUncollectible } from './mark-uncollectible'
import { recordPayment } from './record-payment'
import { sendInvoice } from './send-invoice'
import { voidInvoice } from './void-invoice'

useTestDatabase()
const sandbox = useTestSandbox()
const billing = billingIn(sandbox)

const now = new Date('2026-11-24T12:00:00Z')
const ctx = { ...personOf('biller'), now }
const everything: InvoiceFilters = { tab: 'all', search: '', customerId: null, after: null }

/** 130 invoices in the mirror, 120 of them made in the same second, of all statuses and due dates. */
async function fillMirror(): Promise<void> {
  await pool().query(`
    insert into invoices (id, number, status, customer_id, customer_name, customer_email, currency,
      collection_method, subtotal, total, amount_due, amount_paid, amount_remaining, starting_balance, line_count,
      payment_state, auto_advance, created_at, due_at, raw, mirrored_at)
    select 'in_' || lpad((n * 7919 % 1000)::text, 4, '0') || n,
      case when n % 5 = 0 then null else 'INV-' || lpad(n::text, 4, '0') end,
      (array['draft', 'open', 'paid', 'void', 'uncollectible'])[n % 5 + 1]::invoice_status,
      'cus_' || n % 3, (array['Acme 100%', 'Under_score', 'Back\\slash'])[n % 3 + 1], 'n' || n || '@x.test', 'usd',
      'send_invoice', n, n, n, 0, n, 0, 1, 'none', false,
      case when n <= 120 then '2026-11-01T00:00:00Z' else '2026-11-02T00:00:00Z' end::timestamptz,
      '2026-11-24T00:00:00Z'::timestamptz + (n % 11 - 5) * interval '13 hours', '{}', now()
    from generate_series(1, 130) as n`)
  await pool().query('update invoices set deleted_at = now() where id in (select id from invoices limit 1)')
}

async function allPages(filters: InvoiceFilters): Promise<InvoiceRow[]> {
  const rows: InvoiceRow[] = []
  for (let after: string | null = null; ; ) {
    const page = await listInvoices(ctx, { ...filters, after })
    rows.push(...page.rows)
    if (page.nextCursor === null) return rows
    expect(page.rows).toHaveLength(50)
    after = page.nextCursor
  }
}

const total = (tab: InvoiceTab) => allPages({ ...everything, tab }).then((rows) => rows.length)

describe('the list', () => {
  beforeAll(fillMirror)

  it('pages through invoices of the same second without losing or repeating one', async () => {
    const rows = await allPages(everything)
    expect(rows).toHaveLength(129)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(129)
    const order = rows.map(({ createdAt, id }) => `${createdAt} ${id}`)
    expect(order).toEqual(order.toSorted().toReversed())
  })

  it('has as many rows in each tab as the tab says', async () => {
    const counts = await countInvoices(ctx, everything)
    for (const tab of invoiceTabs) expect(counts[tab], tab).toBe(await total(tab))
    expect(counts.all).toBe(129)
    expect(counts.draft + counts.outstanding + counts.paid + counts.void + counts.uncollectible).toBe(129)
  })

  it('calls past due what the domain calls past due', async () => {
    const today = new Date('2026-11-24T00:00:00Z')
    const open = await db().invoice.findMany({ where: { status: 'open', deletedAt: null } })
    const late = open.filter((invoice) => isPastDue(invoice, today)).map(({ id }) => id)
    const listed = await allPages({ ...everything, tab: 'past_due' })
    expect(listed.map(({ id }) => id).toSorted()).toEqual(late.toSorted())
    expect(late.length).toBeGreaterThan(0)
    expect(listed.every(({ badge }) => badge === 'past_due')).toBe(true)
  })

  it.each([
    ['INV-0012', 1],
    ['inv-001', 8],
    ['Acme', 43],
    ['100%', 43],
    ['Under_score', 43],
    ['Underxscore', 0],
    ['Back\\slash', 43],
    ['%', 43],
    ["' or true --", 0],
    ['n12@x.test', 1],
    ['cus_1', 43],
    ['in_nothing', 0],
  ])('finds %j literally, in list and counts alike', async (search, expected) => {
    const rows = await allPages({ ...everything, search })
    expect(rows).toHaveLength(expected)
    expect((await countInvoices(ctx, { search, customerId: null })).all).toBe(rows.length)
  })

  it('finds an invoice by its id, and those of one customer', async () => {
    const [first] = await allPages(everything)
    expect((await allPages({ ...everything, search: ` ${first?.id} ` })).map(({ id }) => id)).toEqual([
      first?.id,
    ])
    const own = await allPages({ ...everything, customerId: 'cus_2' })
    expect(own.length).toBeGreaterThan(40)
    expect(own.every(({ customerId }) => customerId === 'cus_2')).toBe(true)
    expect((await countInvoices(ctx, { search: '', customerId: 'cus_2' })).all).toBe(own.length)
  })

  it('begins at the beginning for a cursor that it did not write', async () => {
    const first = await listInvoices(ctx, everything)
    for (const after of ['x', '1.2.3', '99999999999999999.in_1', "0.in_1'", '-1.in_1']) {
      expect(await listInvoices(ctx, { ...everything, after })).toEqual(first)
    }
  })
})

describe('one invoice', () => {
  it('is shown with what may be done to it, by whom', async () => {
    const id = await billing.draft()
    await sandbox.stripe.invoices.finalizeInvoice(id)
    await refresh('invoice', id)
    const invoice = await getInvoice(ctx, id)
    expect(invoice).toMatchObject({
      status: 'open',
      badge: 'open',
      stripeUrl: null,
      shareLink: null,
      isPaidOutsideStripe: false,
      moves: {
        finalize: { allowed: false, reason: 'already_finalized' },
        send: { allowed: true },
        void: { allowed: true },
        delete_draft: { allowed: false, reason: 'not_draft' },
      },
    })
    expect(invoice?.payments).toMatchObject([{ kind: 'payment_intent', status: 'open' }])
    const seenByViewer = await getInvoice(personOf('viewer'), id)
    expect(seenByViewer?.moves.void).toEqual({ allowed: false, reason: 'role_may_not' })
    expect(JSON.parse(JSON.stringify(invoice))).toEqual(invoice)
  })

  it('knows money that came through Stripe from money that did not', async () => {
    const [byCard, byWire] = [await billing.draft(), await billing.draft()]
    await sandbox.stripe.invoices.finalizeInvoice(byCard)
    await sandbox.stripe.invoices.finalizeInvoice(byWire)
    await billing.payByCard(byCard)
    await sandbox.stripe.invoices.pay(byWire, { paid_out_of_band: true })
    await refresh('invoice', byCard)
    await refresh('invoice', byWire)
    expect(await getInvoice(ctx, byCard)).toMatchObject({ status: 'paid', isPaidOutsideStripe: false })
    expect(await getInvoice(ctx, byWire)).toMatchObject({ status: 'paid', isPaidOutsideStripe: true })
  })

  it('explains how a credit lowered what is due', async () => {
    const customer = await billing.customer({ balance: -3_000 })
    const id = await billing.draft({ customer })
    await refresh('invoice', id)
    expect(await getInvoice(ctx, id)).toMatchObject({ balanceApplied: 0 })
    await sandbox.stripe.invoices.finalizeInvoice(id)
    await refresh('invoice', id)
    expect(await getInvoice(ctx, id)).toMatchObject({
      total: 10_000,
      balanceApplied: -3_000,
      amountDue: 7_000,
    })
  })

  it('is null when it is unknown, deleted, or no id at all', async () => {
    for (const id of ['in_unknown', 'cus_1', '', '../x', 'in_1/void', '\u0000']) {
      expect(await getInvoice(ctx, id)).toBeNull()
    }
  })
})

describe('the timeline', () => {
  const told = async (id: string) => {
    await deliver(...(await allEvents(sandbox.stripe)))
    await settle()
    const entries = await invoiceTimeline(ctx, id)
    return entries.map(({ what, by, outcome }) => [what, by.kind === 'person' ? by.name : 'Stripe', outcome])
  }

  it('says each thing once, newest first, by whoever did it', async () => {
    const { invoiceId } = answerOf(
      await createInvoice(personOf('biller', 'Bela'), {
        operationId: randomUUID(),
        customerId: await billing.customer(),
        currency: 'usd',
        daysUntilDue: 14,
        lines: [{ kind: 'amount', description: 'Work', unitAmount: '100', quantity: '1' }],
        until: 'sent',
      }),
    )
    expect(await told(invoiceId)).toEqual([
      ['invoice.sent', 'Bela', 'done'],
      ['invoice.finalized', 'Bela', 'done'],
      ['invoice.create', 'Bela', 'done'],
    ])
    answerOf(await markUncollectible(personOf('admin', 'Ada'), await billing.moveInput(invoiceId)))
    await billing.payByCard(invoiceId)
    expect(await told(invoiceId)).toEqual([
      ['invoice.paid', 'Stripe', 'done'],
      ['invoice.mark_uncollectible', 'Ada', 'done'],
      ['invoice.sent', 'Bela', 'done'],
      ['invoice.finalized', 'Bela', 'done'],
      ['invoice.create', 'Bela', 'done'],
    ])
  })

  it('shows what came from elsewhere, a refusal with its reason, and a note', async () => {
    const id = await billing.draft()
    await sandbox.stripe.invoices.finalizeInvoice(id)
    await refresh('invoice', id)
    const input = await billing.moveInput(id)
    answerOf(await recordPayment(personOf('biller', 'Bela'), { ...input, note: 'wire 4711' }))
    await voidInvoice(personOf('biller', 'Bela'), { ...input, operationId: randomUUID() })
    expect(await told(id)).toEqual([
      ['invoice.void', 'Bela', 'failed'],
      ['invoice.pay_out_of_band', 'Bela', 'done'],
      ['invoice.finalized', 'Stripe', 'done'],
      ['invoice.created', 'Stripe', 'done'],
    ])
    const entries = await invoiceTimeline(ctx, id)
    expect(entries.find(({ what }) => what === 'invoice.pay_out_of_band')).toMatchObject({
      note: 'wire 4711',
      requestId: expect.stringMatching(/^req_/),
    })
  })

  it('knows of every sending, also of a draft', async () => {
    const id = await billing.draft()
    const ada = personOf('admin', 'Ada')
    answerOf(await sendInvoice(ada, await billing.moveInput(id)))
    answerOf(await sendInvoice(ada, await billing.moveInput(id)))
    expect(await told(id)).toEqual([
      ['invoice.send', 'Ada', 'done'],
      ['invoice.send', 'Ada', 'done'],
      ['invoice.finalized', 'Ada', 'done'],
      ['invoice.created', 'Stripe', 'done'],
    ])
  })

  it('begins with the creation also where no event told of it', async () => {
    const id = await billing.draft()
    await refresh('invoice', id)
    expect((await invoiceTimeline(ctx, id)).map(({ what }) => what)).toEqual(['invoice.created'])
    expect(await invoiceTimeline(ctx, 'in_unknown')).toEqual([])
  })
})
