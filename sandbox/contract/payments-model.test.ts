import fc from 'fast-check'
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, idOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const DUE = 2000

type Step =
  | { do: 'attachPaid' | 'attachOpen'; amount: number }
  | { do: 'pay' | 'payOutOfBand' | 'void' | 'giveUp' }
  | { do: 'debit'; comesBack: boolean }
  | { do: 'confirm' | 'cancel'; at: number }
  | { do: 'refund'; at: number; amount: number }

const amount = fc.integer({ min: 50, max: 2600 })
const at = fc.nat({ max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('attachPaid', 'attachOpen'), amount }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('confirm', 'confirm', 'cancel'), at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund'), at, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('debit'), comesBack: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('pay', 'payOutOfBand', 'void', 'giveUp') }) },
) as fc.Arbitrary<Step>

/** What should be true of the one invoice, by rules stated a second time. */
type Model = {
  invoice: string
  owner: string
  status: 'open' | 'paid' | 'void' | 'uncollectible'
  paid: number
  overpaid: number
  offStripe: number
  /** Attached and not decided: what each will bring. */
  open: { id: string; amount: number }[]
  refundable: { id: string; left: number }[]
  received: number
  refunded: number
}

function credit(model: Model, money: number): void {
  const used = Math.min(money, DUE - model.paid)
  model.paid += used
  model.overpaid += money - used
  if (model.paid === DUE && model.status !== 'void') model.status = 'paid'
}

const isPayable = ({ status }: Model) => status === 'open' || status === 'uncollectible'

async function accepted(call: Promise<unknown>, isExpected: boolean): Promise<boolean> {
  if (isExpected) await call
  else expect(await refusalOf(call)).toMatchObject({ status: 400 })
  return isExpected
}

async function intentOf(model: Model, money: number, confirm: boolean): Promise<string> {
  const { id } = await sandbox.stripe.paymentIntents.create({
    amount: money,
    currency: 'usd',
    customer: model.owner,
    ...(confirm ? { confirm, payment_method: 'pm_card_visa' } : {}),
  })
  if (confirm) note(model, id, money)
  return id
}

function note(model: Model, id: string, money: number): void {
  model.received += money
  model.refundable.push({ id, left: money })
}

async function attach(model: Model, money: number, isPaid: boolean): Promise<void> {
  const id = await intentOf(model, money, isPaid)
  const call = sandbox.stripe.invoices.attachPayment(model.invoice, { payment_intent: id })
  if (!(await accepted(call, isPayable(model)))) return
  if (isPaid) credit(model, money)
  else model.open.push({ id, amount: money })
}

async function pay(model: Model, outOfBand: boolean): Promise<void> {
  const left = DUE - model.paid
  const params = outOfBand ? { paid_out_of_band: true } : { payment_method: 'pm_card_visa' }
  if (!(await accepted(sandbox.stripe.invoices.pay(model.invoice, params), isPayable(model)))) return
  if (outOfBand) model.offStripe += left
  else {
    const { data } = await sandbox.stripe.invoicePayments.list({ invoice: model.invoice })
    note(model, idOf(data.find(({ is_default }) => is_default)?.payment.payment_intent), left)
  }
  credit(model, left)
}

/** A bank debit of what is left, from its beginning to its end a day later. */
async function debit(model: Model, comesBack: boolean): Promise<void> {
  const { stripe } = sandbox
  const left = DUE - model.paid
  const token = comesBack ? 'pm_usBankAccount_insufficientFunds' : 'pm_usBankAccount_success'
  if (!(await accepted(stripe.invoices.pay(model.invoice, { payment_method: token }), isPayable(model))))
    return
  expect(await refusalOf(stripe.invoices.voidInvoice(model.invoice))).toMatchObject({ status: 400 })
  await sandbox.control('POST', 'clock', { advance_seconds: 86_400 })
  if (comesBack) return
  const { data } = await stripe.invoicePayments.list({ invoice: model.invoice })
  note(model, idOf(data.find(({ is_default }) => is_default)?.payment.payment_intent), left)
  credit(model, left)
}

async function decide(model: Model, index: number, isPaid: boolean): Promise<void> {
  const intent = model.open[index]
  if (!intent) return
  model.open.splice(index, 1)
  const { paymentIntents } = sandbox.stripe
  if (!isPaid) {
    await paymentIntents.cancel(intent.id)
    return
  }
  await paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
  note(model, intent.id, intent.amount)
  if (model.status !== 'void') credit(model, intent.amount)
}

async function refund(model: Model, index: number, money: number): Promise<void> {
  const payment = model.refundable[index]
  if (!payment) return
  const call = sandbox.stripe.refunds.create({ payment_intent: payment.id, amount: money })
  if (!(await accepted(call, money <= payment.left))) return
  payment.left -= money
  model.refunded += money
}

async function take(model: Model, next: Step): Promise<void> {
  const { invoices } = sandbox.stripe
  switch (next.do) {
    case 'attachPaid':
    case 'attachOpen':
      return attach(model, next.amount, next.do === 'attachPaid')
    case 'pay':
    case 'payOutOfBand':
      return pay(model, next.do === 'payOutOfBand')
    case 'debit':
      return debit(model, next.comesBack)
    case 'confirm':
    case 'cancel':
      return decide(model, next.at, next.do === 'confirm')
    case 'refund':
      return refund(model, next.at, next.amount)
    case 'void':
      if (await accepted(invoices.voidInvoice(model.invoice), isPayable(model) && model.paid === 0)) {
        model.status = 'void'
      }
      return
    case 'giveUp':
      if (await accepted(invoices.markUncollectible(model.invoice), model.status === 'open')) {
        model.status = 'uncollectible'
      }
  }
}

const sum = (amounts: readonly (number | null)[]) =>
  amounts.reduce<number>((all, each) => all + (each ?? 0), 0)

async function checkInvoice(model: Model): Promise<void> {
  const invoice = await sandbox.stripe.invoices.retrieve(model.invoice, {
    expand: ['payments.data.payment.payment_intent'],
  })
  expect(invoice).toMatchObject({
    status: model.status,
    amount_due: DUE,
    amount_paid: model.paid,
    amount_remaining: DUE - model.paid,
    amount_overpaid: model.overpaid,
  })
  const payments = invoice.payments?.data ?? []
  expect(sum(payments.map(({ amount_paid }) => amount_paid)) + model.offStripe).toBe(
    model.paid + model.overpaid,
  )
  for (const { is_default, status, amount_requested: requested, payment } of payments) {
    if (!is_default || status !== 'open') continue
    expect(requested).toBe(DUE - model.paid)
    expect((payment.payment_intent as Stripe.PaymentIntent).amount).toBe(requested)
  }
}

/** The ledgers of the customer's credit and of the account's money: each chains, and adds up to what happened. */
async function checkLedgers(model: Model, before: number): Promise<void> {
  const { stripe } = sandbox
  const { data } = await stripe.customers.listBalanceTransactions(model.owner, { limit: 100 })
  let credited = 0
  for (const entry of data.reverse()) {
    credited += entry.amount
    expect(entry).toMatchObject({ type: 'invoice_overpaid', ending_balance: credited })
  }
  expect(credited).toBe(0 - model.overpaid)
  expect(await stripe.customers.retrieve(model.owner)).toMatchObject({ balance: 0 - model.overpaid })
  expect((await money()) - before).toBe(model.received - model.refunded)
}

async function money(): Promise<number> {
  const { available, pending } = await sandbox.stripe.balance.retrieve()
  return sum([...available, ...pending].map(({ amount: each }) => each))
}

test('whatever is attached, paid, given back and given up, the sums agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
      const { stripe } = sandbox
      const { id: owner } = await customer(stripe)
      const { id: invoice } = await openInvoice(stripe, { customer: owner })
      const model: Model = {
        invoice,
        owner,
        status: 'open',
        paid: 0,
        overpaid: 0,
        offStripe: 0,
        open: [],
        refundable: [],
        received: 0,
        refunded: 0,
      }
      const before = await money()
      for (const next of steps) {
        await take(model, next)
        await checkInvoice(model)
      }
      await checkLedgers(model, before)
    }),
    // A slow machine tries fewer histories rather than failing for want of time.
    { numRuns: 25, interruptAfterTimeLimit: 20_000 },
  )
}, 60_000)
