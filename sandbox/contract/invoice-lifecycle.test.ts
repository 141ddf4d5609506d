import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

type State = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'
type Verb =
  | 'finalize'
  | 'send'
  | 'pay'
  | 'payOutOfBand'
  | 'void'
  | 'markUncollectible'
  | 'delete'
  | 'addLine'
  | 'describe'
  | 'tag'

/** What each call makes of an invoice in each state; null where it is refused. */
const MATRIX: Record<State, Record<Verb, State | 'gone' | null>> = {
  draft: {
    finalize: 'open',
    send: 'open',
    pay: 'paid',
    payOutOfBand: 'paid',
    void: null,
    markUncollectible: null,
    delete: 'gone',
    addLine: 'draft',
    describe: 'draft',
    tag: 'draft',
  },
  open: {
    finalize: null,
    send: 'open',
    pay: 'paid',
    payOutOfBand: 'paid',
    void: 'void',
    markUncollectible: 'uncollectible',
    delete: null,
    addLine: null,
    describe: null,
    tag: 'open',
  },
  paid: refusesAllBut('paid'),
  void: refusesAllBut('void'),
  uncollectible: {
    ...refusesAllBut('uncollectible'),
    pay: 'paid',
    payOutOfBand: 'paid',
    void: 'void',
  },
}

function refusesAllBut(state: State): Record<Verb, State | null> {
  return {
    finalize: null,
    send: null,
    pay: null,
    payOutOfBand: null,
    void: null,
    markUncollectible: null,
    delete: null,
    addLine: null,
    describe: null,
    tag: state,
  }
}

async function invoiceIn(stripe: Stripe, state: State): Promise<string> {
  const owner = await customerWithCard(stripe)
  const { id } = await draft(stripe, { customer: owner.id })
  if (state === 'draft') return id
  await stripe.invoices.finalizeInvoice(id)
  if (state === 'paid') await stripe.invoices.pay(id)
  if (state === 'void') await stripe.invoices.voidInvoice(id)
  if (state === 'uncollectible') await stripe.invoices.markUncollectible(id)
  return id
}

const DO: Record<Verb, (invoices: Stripe.InvoiceResource, id: string) => Promise<unknown>> = {
  finalize: (invoices, id) => invoices.finalizeInvoice(id),
  send: (invoices, id) => invoices.sendInvoice(id),
  pay: (invoices, id) => invoices.pay(id),
  payOutOfBand: (invoices, id) => invoices.pay(id, { paid_out_of_band: true }),
  void: (invoices, id) => invoices.voidInvoice(id),
  markUncollectible: (invoices, id) => invoices.markUncollectible(id),
  delete: (invoices, id) => invoices.del(id),
  addLine: (invoices, id) => invoices.addLines(id, { lines: [{ amount: 1 }] }),
  describe: (invoices, id) => invoices.update(id, { description: 'Changed' }),
  tag: (invoices, id) => invoices.update(id, { metadata: { tag: 'x' } }),
}

describe('every call in every state', () => {
  const cases = Object.entries(MATRIX).flatMap(([state, row]) =>
    Object.entries(row).map(
      ([verb, result]) => [verb, state, result] as [Verb, State, State | 'gone' | null],
    ),
  )

  test.each(cases)('%s on a %s invoice: %s', async (verb, state, result) => {
    const { stripe } = account
    const id = await invoiceIn(stripe, state)
    const before = await stripe.invoices.retrieve(id)
    expect(before.status).toBe(state)
    if (result === null) {
      const events = await eventTypes(stripe, id)
      expect(await refusalOf(DO[verb](stripe.invoices, id))).toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      })
      expect(await stripe.invoices.retrieve(id)).toEqual(before)
      expect(await eventTypes(stripe, id)).toEqual(events)
      return
    }
    await DO[verb](stripe.invoices, id)
    if (result === 'gone')
      expect(await refusalOf(stripe.invoices.retrieve(id))).toMatchObject({ status: 404 })
    else expect((await stripe.invoices.retrieve(id)).status).toBe(result)
  })
})

describe('finalizing', () => {
  test('freezes, numbers and opens, and charges nobody', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe)
    const { id } = await draft(stripe, { customer: owner.id, collection_method: 'charge_automatically' })
    const invoice = await stripe.invoices.finalizeInvoice(id, { expand: ['payments', 'confirmation_secret'] })
    const finalizedAt = invoice.status_transitions.finalized_at
    expect(finalizedAt).toEqual(expect.any(Number))
    expect(invoice).toMatchObject({
      status: 'open',
      number: `${owner.invoice_prefix}-0001`,
      effective_at: finalizedAt,
      ending_balance: 0,
      attempted: false,
      attempt_count: 0,
      amount_due: 2000,
      amount_paid: 0,
      amount_remaining: 2000,
    })
    expect(invoice.hosted_invoice_url).toMatch(/^http/)
    expect(invoice.invoice_pdf).toMatch(/\/pdf/)
    expect(invoice.payments?.data).toMatchObject([
      {
        object: 'invoice_payment',
        is_default: true,
        status: 'open',
        amount_requested: 2000,
        amount_paid: null,
      },
    ])
    const intent = await intentOf(stripe, id)
    expect(intent).toMatchObject({ amount: 2000, currency: 'usd', customer: owner.id, latest_charge: null })
    expect(invoice.confirmation_secret).toEqual({
      client_secret: intent.client_secret,
      type: 'payment_intent',
    })
    expect((await stripe.charges.list({ customer: owner.id })).data).toEqual([])
    expect(await eventTypes(stripe, id, 'invoice.')).toEqual(expect.arrayContaining(['invoice.finalized']))
  })

  test('an invoice over nothing pays it', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [] })
    const invoice = await stripe.invoices.finalizeInvoice(id, { expand: ['payments'] })
    expect(invoice).toMatchObject({
      status: 'paid',
      attempted: true,
      attempt_count: 0,
      amount_due: 0,
      amount_paid: 0,
    })
    expect(invoice.number).toMatch(/-0001$/)
    expect(invoice.status_transitions.paid_at).toEqual(expect.any(Number))
    expect(invoice.payments?.data).toEqual([])
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types).toEqual(expect.arrayContaining(['invoice.created', 'invoice.finalized', 'invoice.paid']))
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({ status: 400 })
  })

  test.each([
    ['credit lowers what is due', -1000, 3000, { status: 'open', amount_due: 2000, ending_balance: 0 }, 0],
    [
      'more credit than needed pays',
      -5000,
      3000,
      { status: 'paid', amount_due: 0, ending_balance: -2000 },
      -2000,
    ],
    ['debt is added', 400, 3000, { status: 'open', amount_due: 3400, ending_balance: 0 }, 0],
    ['too little to charge moves to the balance', 0, 30, { status: 'paid', amount_due: 0 }, 30],
    [
      'a negative total becomes credit',
      0,
      -700,
      { status: 'paid', amount_due: 0, ending_balance: -700 },
      -700,
    ],
  ])('with a balance: %s', async (_, balance, amount, expected, left) => {
    const { stripe } = account
    const { id: owner } = await customer(stripe, { balance })
    const { id } = await draft(stripe, { customer: owner, amounts: [amount] })
    const invoice = await stripe.invoices.finalizeInvoice(id)
    expect(invoice).toMatchObject({ total: amount, starting_balance: balance, ...expected })
    expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid)
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: left })
  })

  test('leaves a balance of another currency alone', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe, { balance: -1000 })
    const { id } = await draft(stripe, { customer: owner, currency: 'eur' })
    expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ amount_due: 2000 })
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: -1000 })
  })

  test('numbers in sequence, without gaps for deleted drafts', async () => {
    const { stripe } = account
    const { id: owner, invoice_prefix: prefix } = await customer(stripe)
    const numbers: (string | null)[] = []
    for (let index = 0; index < 3; index += 1) {
      const { id } = await draft(stripe, { customer: owner, amounts: [] })
      await stripe.invoices.del(id)
      numbers.push((await openInvoice(stripe, { customer: owner })).number)
    }
    expect(numbers).toEqual([`${prefix}-0001`, `${prefix}-0002`, `${prefix}-0003`])
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ next_invoice_sequence: 4 })
    expect((await openInvoice(stripe)).number).not.toContain(prefix)
  })

  test('uses a number of the caller once', async () => {
    const { stripe } = account
    const number = `OWN-${Date.now()}`
    expect((await openInvoice(stripe, { number })).number).toBe(number)
    expect(await refusalOf(draft(stripe, { number }))).toMatchObject({ status: 400 })
  })

  test('keeps a date of issue that was given', async () => {
    const effective = Math.floor(Date.now() / 1000) - 86_400
    expect(await openInvoice(account.stripe, { effective_at: effective })).toMatchObject({
      effective_at: effective,
    })
  })
})

describe('sending', () => {
  test('finalizes a draft and may be repeated', async () => {
    const { stripe } = account
    const { id } = await draft(stripe)
    const sent = await stripe.invoices.sendInvoice(id)
    expect(sent).toMatchObject({ status: 'open', attempted: false })
    expect(await stripe.invoices.sendInvoice(id)).toEqual(sent)
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types.filter((type) => type === 'invoice.sent')).toHaveLength(2)
    expect(types.indexOf('invoice.finalized')).toBeLessThan(types.indexOf('invoice.sent'))
  })

  test('needs an address and leaves the draft as it was without one', async () => {
    const { stripe } = account
    const { id: owner } = await stripe.customers.create({ name: 'No mail' })
    const { id } = await draft(stripe, { customer: owner })
    expect(await refusalOf(stripe.invoices.sendInvoice(id))).toMatchObject({ status: 400 })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'draft', number: null })
  })
})

describe('voiding', () => {
  test('leaves the amounts and cancels the payment', async () => {
    const { stripe } = account
    const open = await openInvoice(stripe, { auto_advance: true })
    const voided = await stripe.invoices.voidInvoice(open.id, { expand: ['payments'] })
    expect(voided).toMatchObject({
      status: 'void',
      auto_advance: false,
      amount_due: 2000,
      amount_remaining: 2000,
      number: open.number,
      status_transitions: { voided_at: expect.any(Number), paid_at: null },
    })
    expect(voided.payments?.data).toMatchObject([{ status: 'canceled', is_default: true }])
    expect(await intentOf(stripe, open.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'void_invoice',
    })
    const types = await eventTypes(stripe, open.id, 'invoice.')
    expect(types.filter((type) => type === 'invoice.voided')).toHaveLength(1)
  })

  test('hands applied credit back', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe, { balance: -1000 })
    const { id } = await openInvoice(stripe, { customer: owner, amounts: [3000] })
    await stripe.invoices.voidInvoice(id)
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: -1000 })
  })
})

test('uncollectible is remembered, also after payment', async () => {
  const { stripe } = account
  const { id } = await openInvoice(stripe)
  const marked = await stripe.invoices.markUncollectible(id)
  const at = marked.status_transitions.marked_uncollectible_at
  expect(at).toEqual(expect.any(Number))
  expect(marked).toMatchObject({ status: 'uncollectible', auto_advance: false, amount_remaining: 2000 })
  const paid = await stripe.invoices.pay(id, { paid_out_of_band: true })
  expect(paid.status_transitions).toMatchObject({ marked_uncollectible_at: at, paid_at: expect.any(Number) })
  expect(await eventTypes(stripe, id, 'invoice.')).toEqual(
    expect.arrayContaining(['invoice.marked_uncollectible', 'invoice.paid']),
  )
})

describe('an open invoice', () => {
  test.each<[string, Stripe.InvoiceUpdateParams]>([
    ['description', { description: 'x' }],
    ['footer', { footer: 'x' }],
    ['number', { number: 'x' }],
    ['due_date', { due_date: 2_000_000_000 }],
    ['days_until_due', { days_until_due: 3 }],
    ['collection_method', { collection_method: 'charge_automatically' }],
    ['custom_fields', { custom_fields: [{ name: 'a', value: 'b' }] }],
  ])('keeps its %s', async (param, change) => {
    const { stripe } = account
    const open = await openInvoice(stripe)
    expect(await refusalOf(stripe.invoices.update(open.id, change))).toMatchObject({ status: 400, param })
    expect(await stripe.invoices.retrieve(open.id)).toEqual(open)
  })

  test('gives away neither items nor lines', async () => {
    const { stripe } = account
    const open = await openInvoice(stripe)
    const [item] = (await stripe.invoiceItems.list({ invoice: open.id })).data
    const [line] = open.lines.data
    const calls = [
      stripe.invoiceItems.del(item!.id),
      stripe.invoiceItems.update(item!.id, { amount: 1 }),
      stripe.invoices.updateLineItem(open.id, line!.id, { amount: 1 }),
      stripe.invoices.removeLines(open.id, { lines: [{ id: line!.id, behavior: 'delete' }] }),
      stripe.invoiceItems.create({
        customer: idOf(open.customer),
        invoice: open.id,
        amount: 1,
        currency: 'usd',
      }),
    ]
    for (const call of calls) expect(await refusalOf(call)).toMatchObject({ status: 400 })
    expect(await stripe.invoices.retrieve(open.id)).toEqual(open)
  })
})

test('twenty callers at once finalize and pay an invoice once', async () => {
  const { stripe } = account
  const owner = await customerWithCard(stripe)
  const { id } = await draft(stripe, { customer: owner.id })
  const twenty = Array.from({ length: 20 })
  const succeeded = async (calls: Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length
  expect(await succeeded(twenty.map(() => stripe.invoices.finalizeInvoice(id)))).toBe(1)
  expect(await succeeded(twenty.map(() => stripe.invoices.pay(id)))).toBe(1)
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
  expect((await stripe.charges.list({ customer: owner.id })).data).toHaveLength(1)
  const types = await eventTypes(stripe, id, 'invoice.')
  expect(types.filter((type) => type === 'invoice.finalized' || type === 'invoice.paid')).toHaveLength(2)
})

describe('an unknown invoice', () => {
  test.each<[param: string, call: (invoices: Stripe.InvoiceResource) => Promise<unknown>]>([
    ['invoice', (invoices) => invoices.retrieve('in_nobody')],
    ['invoice', (invoices) => invoices.del('in_nobody')],
    ['invoice', (invoices) => invoices.sendInvoice('in_nobody')],
    ['invoice', (invoices) => invoices.addLines('in_nobody', { lines: [{ amount: 1 }] })],
    ['id', (invoices) => invoices.update('in_nobody', { description: 'x' })],
    ['id', (invoices) => invoices.pay('in_nobody')],
    ['id', (invoices) => invoices.finalizeInvoice('in_nobody')],
    ['id', (invoices) => invoices.voidInvoice('in_nobody')],
    ['id', (invoices) => invoices.markUncollectible('in_nobody')],
  ])('is missing as %s', async (param, call) => {
    const refusal = await refusalOf(call(account.stripe.invoices))
    expect(refusal).toMatchObject({ status: 404, code: 'resource_missing', param })
    expect(refusal.message).toContain("No such invoice: 'in_nobody'")
  })
})
