import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, customerWithCard, first, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('payment methods', () => {
  test('made from a token belong to one customer', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    expect(method).toMatchObject({
      object: 'payment_method',
      type: 'card',
      customer: id,
      allow_redisplay: 'unspecified',
      card: {
        brand: 'visa',
        last4: '4242',
        funding: 'credit',
        country: 'US',
        checks: { cvc_check: 'unchecked', address_line1_check: null, address_postal_code_check: null },
        networks: { available: ['visa'] },
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
    })
    expect(method.id).toMatch(/^pm_/)
    expect(method.id).not.toBe('pm_card_visa')
    const again = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    expect(again.id).not.toBe(method.id)
    expect(again.card?.fingerprint).toBe(method.card?.fingerprint)
    const { data } = await stripe.customers.listPaymentMethods(id)
    expect(data.map((each) => each.id)).toEqual([again.id, method.id])
    expect((await stripe.paymentMethods.list({ customer: id, type: 'card' })).data).toHaveLength(2)
    expect((await stripe.paymentMethods.attach(method.id, { customer: id })).id).toBe(method.id)
  })

  test('attached are not used until they are the default', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    const invoice = await openInvoice(stripe, { customer: id })
    expect(await refusalOf(stripe.invoices.pay(invoice.id))).toMatchObject({ status: 400 })
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('open')
  })

  test.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ])('%s cannot be attached', async (token, code, declineCode) => {
    const { stripe } = account
    const { id } = await customer(stripe)
    expect(await refusalOf(stripe.paymentMethods.attach(token, { customer: id }))).toMatchObject({
      status: 402,
      type: 'card_error',
      code,
      declineCode,
    })
    expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([])
  })

  test('are detached once, for good', async () => {
    const { stripe } = account
    const { id } = await customerWithCard(stripe)
    const method = first((await stripe.customers.listPaymentMethods(id)).data)
    expect(await stripe.paymentMethods.detach(method.id)).toMatchObject({ id: method.id, customer: null })
    expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([])
    expect(await refusalOf(stripe.paymentMethods.detach(method.id))).toMatchObject({ status: 400 })
    expect(await refusalOf(stripe.paymentMethods.attach(method.id, { customer: id }))).toMatchObject({
      status: 400,
    })
    const { data } = await stripe.events.list({ type: 'payment_method.detached', limit: 1 })
    expect(data[0]?.data.previous_attributes).toEqual({ customer: id })
  })

  test('need somebody to belong to', async () => {
    const { stripe } = account
    expect(
      await refusalOf(stripe.paymentMethods.attach('pm_card_visa', { customer: 'cus_nobody' })),
    ).toMatchObject({
      status: 400,
      code: 'resource_missing',
    })
    expect(
      await refusalOf(stripe.paymentMethods.attach('pm_nobody', { customer: 'cus_nobody' })),
    ).toMatchObject({
      code: 'resource_missing',
    })
    expect((await stripe.paymentMethods.list({ type: 'card' })).data).toEqual([])
    expect(await refusalOf(stripe.paymentMethods.list({ customer: 'cus_nobody' }))).toMatchObject({
      status: 400,
    })
    expect(await refusalOf(stripe.customers.listPaymentMethods('cus_nobody'))).toMatchObject({ status: 404 })
  })
})
