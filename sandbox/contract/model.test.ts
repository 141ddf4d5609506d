import fc from 'fast-check'
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { type Answer, useSandbox } from '@/sandbox/contract/account'
import { eventTypes } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

/** Below this an invoice in US dollars is not charged. */
const LEAST = 50

type Status = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'

type ModelInvoice = {
  id: string
  status: Status | 'deleted'
  lines: number[]
  due: number
  paid: number
  /** What the customer's balance lost to it: given back when it is voided. */
  applied: number
  name: string
  order: number | null
}

type Model = {
  owner: string
  prefix: string
  name: string
  balance: number
  pays: boolean
  invoices: ModelInvoice[]
  finalized: number
}

type Step =
  | { do: 'create' | 'rename' | 'switchCard' }
  | { do: 'setBalance'; amount: number }
  | { do: 'addLine'; at: number; amount: number }
  | { do: Verb; at: number }

/** Every history begins with something to decide about. */
const BEGINNING: Step[] = [
  { do: 'create' },
  { do: 'addLine', at: 0, amount: 2000 },
  { do: 'create' },
  { do: 'addLine', at: 1, amount: 700 },
]

const at = fc.nat({ max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('create', 'rename', 'switchCard') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('setBalance'), amount: fc.integer({ min: -4000, max: 1000 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('addLine'), at, amount: fc.integer({ min: -1500, max: 4000 }) }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['finalize', 'finalize', 'pay', 'payOutOfBand', 'delete', 'tag'] as const),
        ...(['void', 'void', 'markUncollectible', 'markUncollectible'] as const),
      ),
      at,
    }),
  },
) as fc.Arbitrary<Step>

/** Every POST of a run, to be sent again at its end. */
type Posted = { path: string; body: string; key: string; answer: Answer }

class Run {
  readonly posted: Posted[] = []

  constructor(readonly model: Model) {}

  async post(path: string, body: string): Promise<Answer> {
    const key = `${this.model.owner}-${this.posted.length}`
    const answer = await sandbox.send('POST', path, body, { 'idempotency-key': key })
    this.posted.push({ path, body, key, answer })
    return answer
  }
}

const total = ({ lines }: ModelInvoice) => lines.reduce((sum, amount) => sum + amount, 0)

/** Finalizing, by the rules of balances and of the smallest charge. */
function finalize(model: Model, invoice: ModelInvoice): void {
  const sum = total(invoice) + model.balance
  invoice.applied = Math.min(0, sum) - model.balance
  model.balance = Math.min(0, sum)
  invoice.name = model.name
  model.finalized += 1
  invoice.order = model.finalized
  if (sum > 0 && sum < LEAST) model.balance = sum
  invoice.due = sum < LEAST ? 0 : sum
  invoice.status = invoice.due === 0 ? 'paid' : 'open'
}

function settle(invoice: ModelInvoice): void {
  invoice.status = 'paid'
  invoice.paid = invoice.due
}

type Verb = 'finalize' | 'pay' | 'payOutOfBand' | 'void' | 'markUncollectible' | 'delete' | 'tag'

const ALLOWED: Record<Verb, Status[]> = {
  finalize: ['draft'],
  pay: ['draft', 'open', 'uncollectible'],
  payOutOfBand: ['draft', 'open', 'uncollectible'],
  void: ['open', 'uncollectible'],
  markUncollectible: ['open'],
  delete: ['draft'],
  tag: ['draft', 'open', 'paid', 'void', 'uncollectible'],
}

/** The HTTP status that the sandbox should answer; changes the model accordingly. */
function predict(model: Model, invoice: ModelInvoice, verb: Verb): 200 | 400 | 402 | 404 {
  const { status } = invoice
  if (status === 'deleted') return 404
  if (!ALLOWED[verb].includes(status)) return 400
  const isPayment = verb === 'pay' || verb === 'payOutOfBand'
  if (status === 'draft' && (isPayment || verb === 'finalize')) finalize(model, invoice)
  if (isPayment && invoice.status !== 'paid') {
    if (verb === 'pay' && !model.pays) return 402
    settle(invoice)
  }
  if (verb === 'void') {
    invoice.status = 'void'
    model.balance -= invoice.applied
  }
  if (verb === 'markUncollectible') invoice.status = 'uncollectible'
  if (verb === 'delete') invoice.status = 'deleted'
  return 200
}

const VERBS = {
  finalize: ['finalize', ''],
  pay: ['pay', ''],
  payOutOfBand: ['pay', 'paid_out_of_band=true'],
  void: ['void', ''],
  markUncollectible: ['mark_uncollectible', ''],
  tag: ['', 'metadata[tag]=x'],
} as const

async function take(run: Run, next: Step, cards: { good: string; bad: string }): Promise<void> {
  const { model } = run
  const owner = `/v1/customers/${model.owner}`
  switch (next.do) {
    case 'create': {
      if (model.invoices.length === 4) return
      const { json } = await run.post('/v1/invoices', `customer=${model.owner}&currency=usd`)
      const fresh = {
        status: 'draft',
        lines: [],
        due: 0,
        paid: 0,
        applied: 0,
        name: '',
        order: null,
      } as const
      model.invoices.push({ ...fresh, id: String(json.id), lines: [] })
      return
    }
    case 'rename':
      model.name = `Name ${run.posted.length}`
      await run.post(owner, `name=${model.name}`)
      return
    case 'switchCard':
      model.pays = !model.pays
      await run.post(owner, `invoice_settings[default_payment_method]=${model.pays ? cards.good : cards.bad}`)
      return
    case 'setBalance':
      model.balance = next.amount
      await run.post(owner, `balance=${next.amount}`)
      return
  }
  const invoice = model.invoices[next.at]
  if (!invoice) return
  if (next.do === 'addLine') {
    const { status } = await run.post(
      '/v1/invoiceitems',
      `customer=${model.owner}&invoice=${invoice.id}&amount=${next.amount}&currency=usd`,
    )
    expect(status).toBe(invoice.status === 'draft' ? 200 : 400)
    if (invoice.status === 'draft') invoice.lines.push(next.amount)
    return
  }
  const expected = predict(model, invoice, next.do)
  const path = `/v1/invoices/${invoice.id}`
  if (next.do === 'delete') {
    expect((await sandbox.send('DELETE', path)).status).toBe(expected)
    return
  }
  const [verb, body] = VERBS[next.do]
  const { status } = await run.post(verb === '' ? path : `${path}/${verb}`, body)
  expect([next.do, status]).toEqual([next.do, expected])
}

/** Everything of this customer, as text: what must not change when nothing may happen. */
async function state(owner: string): Promise<string> {
  const { stripe } = sandbox
  return JSON.stringify([
    await stripe.customers.retrieve(owner),
    (await stripe.invoices.list({ customer: owner })).data,
    (await stripe.charges.list({ customer: owner, limit: 100 })).data,
    (await stripe.paymentIntents.list({ customer: owner, limit: 100 })).data,
    (await stripe.events.list({ limit: 1 })).data.map(({ id }) => id),
  ])
}

function agree({ model }: Run, invoices: Stripe.Invoice[]): void {
  const living = model.invoices.filter(({ status }) => status !== 'deleted')
  expect(new Set(invoices.map(({ id }) => id))).toEqual(new Set(living.map(({ id }) => id)))
  for (const expected of living) {
    const invoice = invoices.find(({ id }) => id === expected.id)
    const sum = total(expected)
    expect(invoice).toMatchObject({
      status: expected.status,
      subtotal: sum,
      total: sum,
      amount_paid: expected.paid,
    })
    if (!invoice || expected.order === null) {
      expect(invoice).toMatchObject({ number: null, customer_name: model.name })
      continue
    }
    expect(invoice).toMatchObject({
      amount_due: expected.due,
      amount_remaining: expected.due - expected.paid,
      customer_name: expected.name,
      number: `${model.prefix}-${String(expected.order).padStart(4, '0')}`,
    })
    expect(invoice.lines.data.reduce((all, line) => all + line.amount, 0)).toBe(sum)
    expect(invoice.status_transitions.paid_at !== null).toBe(expected.status === 'paid')
    expect(invoice.status_transitions.voided_at !== null).toBe(expected.status === 'void')
  }
}

/** No state is told twice, and none that was not reached. */
async function checkEvents({ model }: Run): Promise<void> {
  for (const { id, status, order } of model.invoices) {
    const types = await eventTypes(sandbox.stripe, id, 'invoice.')
    const count = (type: string) => types.filter((each) => each === type).length
    expect(count('invoice.created')).toBe(1)
    expect(count('invoice.finalized')).toBe(order === null ? 0 : 1)
    expect(count('invoice.paid')).toBe(status === 'paid' ? 1 : 0)
    expect(count('invoice.voided')).toBe(status === 'void' ? 1 : 0)
    expect(count('invoice.deleted')).toBe(status === 'deleted' ? 1 : 0)
  }
}

/** The customer's ledger of credit: its entries chain, and their sum is the balance. */
async function checkBalance({ model }: Run): Promise<void> {
  const entries = await sandbox.stripe.customers.listBalanceTransactions(model.owner, { limit: 100 })
  let balance = 0
  for (const entry of entries.data.reverse()) {
    balance += entry.amount
    expect(entry.ending_balance).toBe(balance)
  }
  expect(balance).toBe(model.balance)
}

test('any history of one customer goes as the rules say, and repeating it changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
      const { stripe } = sandbox
      const owner = await stripe.customers.create({ name: 'First' })
      const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id })
      const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: owner.id })
      await stripe.customers.update(owner.id, { invoice_settings: { default_payment_method: good.id } })
      const run = new Run({
        owner: owner.id,
        prefix: String(owner.invoice_prefix),
        name: 'First',
        balance: 0,
        pays: true,
        invoices: [],
        finalized: 0,
      })
      for (const next of [...BEGINNING, ...steps]) {
        await take(run, next, { good: good.id, bad: bad.id })
        agree(run, (await stripe.invoices.list({ customer: owner.id })).data)
        expect(await stripe.customers.retrieve(owner.id)).toMatchObject({ balance: run.model.balance })
      }
      await checkEvents(run)
      await checkBalance(run)
      const before = await state(owner.id)
      for (const { path, body, key, answer } of run.posted) {
        const replay = await sandbox.send('POST', path, body, { 'idempotency-key': key })
        if (replay.headers.get('idempotent-replayed') === 'true') expect(replay.text).toBe(answer.text)
        else expect([answer.status, replay.status]).toEqual([400, 400])
      }
      expect(await state(owner.id)).toBe(before)
    }),
    // A slow machine tries fewer histories rather than failing for want of time.
    { numRuns: 15, interruptAfterTimeLimit: 20_000 },
  )
}, 60_000)
