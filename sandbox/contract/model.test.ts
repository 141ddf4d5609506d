import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import {
  checkAgreement,
  checkBalance,
  checkEvents,
  checkNotes,
  checkSums,
  Memory,
} from '@/sandbox/contract/model/invariants'
import { beginning, Run, type Stock, step } from '@/sandbox/contract/model/steps'
import { coupons, rates } from '@/sandbox/contract/model/sums'

const sandbox = useSandbox()
const ids: Record<string, string> = {}

beforeAll(async () => {
  const made = async (path: string, body: string) =>
    String((await sandbox.send('POST', `/v1/${path}`, body)).json.id)
  for (const [name, body] of Object.entries(coupons)) ids[name] = await made('coupons', body)
  for (const [name, body] of Object.entries(rates)) ids[name] = await made('tax_rates', body)
})

async function begin(): Promise<Run> {
  const { stripe } = sandbox
  const owner = await stripe.customers.create({ name: 'First' })
  const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id })
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: owner.id })
  await stripe.customers.update(owner.id, { invoice_settings: { default_payment_method: good.id } })
  const model = {
    owner: owner.id,
    prefix: String(owner.invoice_prefix),
    name: 'First',
    balance: 0,
    pays: true,
    invoices: [],
    finalized: 0,
  }
  return new Run(sandbox, model, { ids: ids as Stock['ids'], good: good.id, bad: bad.id })
}

/** Everything of this customer, as text: what must not change when nothing may happen. */
async function state(owner: string): Promise<string> {
  const { stripe } = sandbox
  const lists = await Promise.all([
    stripe.customers.retrieve(owner),
    stripe.invoices.list({ customer: owner }),
    stripe.invoiceItems.list({ customer: owner, limit: 100 }),
    stripe.creditNotes.list({ customer: owner, limit: 100 }),
    stripe.charges.list({ customer: owner, limit: 100 }),
    stripe.paymentIntents.list({ customer: owner, limit: 100 }),
    stripe.customers.listBalanceTransactions(owner, { limit: 100 }),
    stripe.events.list({ limit: 1 }),
  ])
  return JSON.stringify(lists)
}

test('any history of one customer goes as the rules say, and repeating it changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
      const { stripe } = sandbox
      const run = await begin()
      const { model } = run
      const memory = new Memory()
      for (const next of [...beginning, ...steps]) {
        await run.take(next)
        const { data } = await stripe.invoices.list({ customer: model.owner })
        checkAgreement(model, data)
        for (const invoice of data) {
          checkSums(invoice)
          memory.check(invoice)
        }
        expect(await stripe.customers.retrieve(model.owner)).toMatchObject({ balance: model.balance })
      }
      await checkEvents(stripe, model)
      await checkBalance(stripe, model)
      await checkNotes(stripe, model)
      const before = await state(model.owner)
      for (const { path, body, key, answer } of run.posted) {
        const replay = await sandbox.send('POST', path, body, { 'idempotency-key': key })
        if (replay.headers.get('idempotent-replayed') === 'true') expect(replay.text).toBe(answer.text)
        else expect([answer.status, replay.status]).toEqual([400, 400])
      }
      expect(await state(model.owner)).toBe(before)
    }),
    // A slow machine tries fewer histories rather than failing for want of time.
    { numRuns: 15, interruptAfterTimeLimit: 20_000 },
  )
}, 60_000)
