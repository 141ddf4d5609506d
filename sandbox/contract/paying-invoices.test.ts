import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  first,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

describe('paying an invoice', () => {
  test('with the default card', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe)
    const { id } = await openInvoice(stripe, { customer: owner.id, auto_advance: true })
    const paid = await stripe.invoices.pay(id, { expand: ['payments'] })
    expect(paid).toMatchObject({
      status: 'paid',
      attempted: true,
      attempt_count: 1,
      auto_advance: false,
      amount_due: 2000,
      amount_paid: 2000,
      amount_remaining: 0,
      amount_overpaid: 0,
      next_payment_attempt: null,
      status_transitions: { paid_at: expect.any(Number) },
    })
    expect(paid.payments?.data).toMatchObject([
      {
        status: 'paid',
        amount_paid: 2000,
        is_default: true,
        status_transitions: { paid_at: expect.any(Number) },
      },
    ])
    const intent = await intentOf(stripe, id)
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2000, last_payment_error: null })
    expect(intent).not.toHaveProperty('invoice')
    const charge = await stripe.charges.retrieve(idOf(intent.latest_charge))
    expect(charge).toMatchObject({
      object: 'charge',
      amount: 2000,
      amount_captured: 2000,
      amount_refunded: 0,
      captured: true,
      customer: owner.id,
      paid: true,
      payment_intent: intent.id,
      payment_method_details: { type: 'card', card: { last4: '4242' } },
      refunded: false,
      status: 'succeeded',
      outcome: { network_status: 'approved_by_network', type: 'authorized' },
    })
    expect((await stripe.charges.list({ payment_intent: intent.id })).data.map((each) => each.id)).toEqual([
      charge.id,
    ])
    const byIntent = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent.id },
    })
    expect(byIntent.data).toMatchObject([{ invoice: id, status: 'paid' }])
  })

  test('of a customer who never made it the default, by naming the card', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    const method = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: owner })
    const { id } = await openInvoice(stripe, { customer: owner })
    expect(await stripe.invoices.pay(id, { payment_method: method.id })).toMatchObject({ status: 'paid' })
  })

  test('with the card of the invoice rather than that of the customer', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_chargeCustomerFail')
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id })
    const { id } = await openInvoice(stripe, { customer: owner.id, default_payment_method: method.id })
    expect(await stripe.invoices.pay(id)).toMatchObject({ status: 'paid' })
  })

  test('finalizes a draft first', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { customer: (await customerWithCard(stripe)).id })
    const paid = await stripe.invoices.pay(id)
    expect(paid).toMatchObject({ status: 'paid', number: expect.any(String) })
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types.indexOf('invoice.finalized')).toBeLessThan(types.indexOf('invoice.paid'))
  })

  test("with somebody else's card is refused", async () => {
    const { stripe } = account
    const other = await customerWithCard(stripe)
    const method = first((await stripe.customers.listPaymentMethods(other.id)).data)
    const { id } = await openInvoice(stripe)
    expect(await refusalOf(stripe.invoices.pay(id, { payment_method: method.id }))).toMatchObject({
      status: 400,
    })
    expect((await stripe.invoices.retrieve(id)).attempted).toBe(false)
  })

  test('with a card that is declined keeps the attempt', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_chargeCustomerFail')
    const { id } = await draft(stripe, { customer: owner.id })
    const refusal = await refusalOf(stripe.invoices.pay(id))
    expect(refusal).toMatchObject({
      status: 402,
      type: 'card_error',
      code: 'card_declined',
      declineCode: 'generic_decline',
      message: 'Your card was declined.',
    })
    expect(refusal.param).toBeUndefined()
    const invoice = await stripe.invoices.retrieve(id)
    expect(invoice).toMatchObject({
      status: 'open',
      attempted: true,
      attempt_count: 1,
      amount_paid: 0,
      amount_remaining: 2000,
      number: expect.any(String),
    })
    const intent = await intentOf(stripe, id)
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
    })
    expect(await stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
      status: 'failed',
      paid: false,
      captured: false,
      amount_captured: 0,
      failure_code: 'card_declined',
    })
    await refusalOf(stripe.invoices.pay(id))
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ attempt_count: 1, status: 'open' })
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id })
    expect(await stripe.invoices.pay(id, { payment_method: good.id })).toMatchObject({
      status: 'paid',
      attempt_count: 1,
    })
  })

  test('the error of a decline carries charge and payment intent', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe, {
      customer: (await customerWithCard(stripe, 'pm_card_chargeCustomerFail')).id,
    })
    const error: Stripe.errors.StripeCardError = await stripe.invoices.pay(id).catch((reason) => reason)
    expect(error.type).toBe('StripeCardError')
    expect(error.charge).toMatch(/^ch_/)
    expect(error.payment_intent).toMatchObject({
      object: 'payment_intent',
      status: 'requires_payment_method',
    })
    expect(error.requestId).toMatch(/^req_/)
  })

  test('with a 3-D Secure card while nobody is there asks for authentication', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_threeDSecure2Required')
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({
      status: 402,
      type: 'card_error',
      code: 'authentication_required',
    })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', attempted: true })
    expect(await eventTypes(stripe, id, 'invoice.')).toContain('invoice.payment_action_required')
  })

  test('out of band takes no money', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe)
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await stripe.invoices.pay(id, { paid_out_of_band: true })).toMatchObject({
      status: 'paid',
      attempted: false,
      attempt_count: 0,
      amount_due: 2000,
      amount_paid: 2000,
      amount_remaining: 0,
    })
    expect((await stripe.charges.list({ customer: owner.id })).data).toEqual([])
    expect(await intentOf(stripe, id)).toMatchObject({ status: 'canceled' })
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types).toContain('invoice.paid')
    expect(types).not.toContain('invoice.payment_succeeded')
  })

  test('on a page of the own, by confirming its payment intent', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    const intent = await intentOf(stripe, id)
    expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'succeeded',
    })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
  })

  test('its payment intent can be neither changed nor canceled', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    const intent = await intentOf(stripe, id)
    expect(await refusalOf(stripe.paymentIntents.cancel(intent.id))).toMatchObject({ status: 400 })
    expect((await stripe.invoices.retrieve(id)).status).toBe('open')
  })
})
