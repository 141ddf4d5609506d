import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customerWithCard, draft, eventTypes } from '@/sandbox/contract/scenes'

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
