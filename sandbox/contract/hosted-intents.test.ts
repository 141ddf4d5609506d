import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { submit, visit } from '@/sandbox/contract/browser'
import {
  customer,
  customerWithCard,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const shop = 'http://127.0.0.1:9/thanks?order=7'

type Create = Partial<Stripe.PaymentIntentCreateParams>

/** A payment with a card whose bank asks, and the page on which it does. */
async function asked(params: Create = {}) {
  const intent = await sandbox.stripe.paymentIntents.create({
    amount: 2000,
    confirm: true,
    currency: 'usd',
    payment_method: 'pm_card_threeDSecure2Required',
    ...params,
  })
  return { intent, url: pageOf(intent) }
}

function pageOf({ next_action: action }: Stripe.PaymentIntent | Stripe.SetupIntent): string {
  const script = action?.use_stripe_sdk as { stripe_js?: string } | undefined
  const url = action?.redirect_to_url?.url ?? script?.stripe_js
  if (!url) throw new Error('Nothing leads on')
  return url
}

/** Sends the answer to the bank and tells where it leads, without going there. */
async function answer(url: string, outcome: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ outcome }),
    redirect: 'manual',
    headers,
  })
  return { status: response.status, location: response.headers.get('location') }
}

describe("the bank's page of a payment of its own", () => {
  test('is where the confirmation leads, takes the money and leads back', async () => {
    const { stripe } = sandbox
    const { intent, url } = await asked({ return_url: shop })
    expect(intent.next_action).toEqual({
      type: 'redirect_to_url',
      redirect_to_url: { return_url: shop, url },
    })
    const page = await visit(url)
    expect(page.text).toContain('$20.00 USD from your card ending in 3220')
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9;")
    const { status, location } = await answer(url, 'complete')
    expect(status).toBe(303)
    expect(Object.fromEntries(new URL(location ?? '').searchParams)).toEqual({
      order: '7',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 2000,
      next_action: null,
    })
    expect(await eventTypes(stripe, intent.id)).toContain('payment_intent.succeeded')
  })

  test('answered twice takes the money once, and leads back again', async () => {
    const { intent, url } = await asked({ return_url: shop })
    const first = await answer(url, 'complete')
    expect(await answer(url, 'fail')).toEqual(first)
    expect((await fetch(url, { redirect: 'manual' })).headers.get('location')).toBe(first.location)
    const { data } = await sandbox.stripe.charges.list({ payment_intent: intent.id })
    expect(data).toMatchObject([{ status: 'succeeded' }])
  })

  test('tells the caller that it failed', async () => {
    const { stripe } = sandbox
    const { intent, url } = await asked({ return_url: shop })
    const { location } = await answer(url, 'fail')
    expect(new URL(location ?? '').searchParams.get('redirect_status')).toBe('failed')
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    })
  })

  test("is known to Stripe's script where no address leads back, and then says its own word", async () => {
    for (const params of [{}, { return_url: shop, use_stripe_sdk: true }]) {
      const { intent, url } = await asked(params)
      expect(intent.next_action?.type).toBe('use_stripe_sdk')
      expect((await submit(await visit(url), { outcome: 'complete' })).text).toContain('Thank you')
    }
    const { url } = await asked()
    expect((await submit(await visit(url), { outcome: 'fail' })).text).toContain('unable to authenticate')
  })

  test('saves a card that is to be used again, and holds what is to be captured', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const { intent, url } = await asked({
      capture_method: 'manual',
      customer: id,
      return_url: shop,
      setup_future_usage: 'off_session',
    })
    const { location } = await answer(url, 'complete')
    expect(new URL(location ?? '').searchParams.get('redirect_status')).toBe('succeeded')
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture')
    expect((await stripe.customers.listPaymentMethods(id)).data).toHaveLength(1)
  })

  test('pays the invoice that the payment was made for', async () => {
    const { stripe } = sandbox
    const { id } = await customerWithCard(stripe, 'pm_card_threeDSecure2Required')
    const invoice = await openInvoice(stripe, { customer: id })
    await refusalOf(stripe.invoices.pay(invoice.id, { off_session: false }))
    await answer(pageOf(await intentOf(stripe, invoice.id)), 'complete')
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('paid')
  })

  test('speaks the language of its customer', async () => {
    const { id } = await customer(sandbox.stripe, { preferred_locales: ['de'] })
    const { url } = await asked({ customer: id })
    expect((await visit(url)).text).toContain('möchte Ihre Karte mit den Endziffern 3220 mit')
  })

  test('is found by nobody who guesses, and answered by no other site', async () => {
    const { intent, url } = await asked({ return_url: shop })
    expect((await visit(`${url}x`)).status).toBe(404)
    expect((await visit(url.replace(/pi_.*/, intent.id))).status).toBe(404)
    expect((await answer(url, 'complete', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await sandbox.stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action')
  })

  test.each(['thanks', 'javascript:alert(1)', '//elsewhere.example'])(
    'leads back to addresses only, not to %s',
    async (address) => {
      expect(await refusalOf(asked({ return_url: address }))).toMatchObject({
        code: 'url_invalid',
        param: 'return_url',
      })
    },
  )
})

describe("the bank's page of a card that is to be saved", () => {
  async function saving() {
    const { id } = await customer(sandbox.stripe)
    const intent = await sandbox.stripe.setupIntents.create({
      confirm: true,
      customer: id,
      payment_method: 'pm_card_authenticationRequired',
      return_url: shop,
    })
    return { owner: id, intent, url: pageOf(intent) }
  }

  test('saves it, for payments without its holder too', async () => {
    const { stripe } = sandbox
    const { owner, intent, url } = await saving()
    expect((await visit(url)).text).toContain('keep your card ending in 3184')
    const { location } = await answer(url, 'complete')
    expect(new URL(location ?? '').searchParams.get('setup_intent')).toBe(intent.id)
    expect((await stripe.setupIntents.retrieve(intent.id)).status).toBe('succeeded')
    expect((await stripe.customers.listPaymentMethods(owner)).data).toHaveLength(1)
  })

  test('saves nothing when it fails', async () => {
    const { stripe } = sandbox
    const { owner, intent, url } = await saving()
    const { location } = await answer(url, 'fail')
    expect(new URL(location ?? '').searchParams.get('redirect_status')).toBe('failed')
    expect(await stripe.setupIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    })
    expect((await stripe.customers.listPaymentMethods(owner)).data).toEqual([])
  })
})

describe('the page where a bank account is verified', () => {
  async function account() {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const method = await stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual',
        account_number: '000123456789',
        routing_number: '110000000',
      },
      billing_details: { name: 'Jenny Rosen' },
    })
    return { customer: id, payment_method: method.id, confirm: true }
  }

  const mandate_data = { customer_acceptance: { type: 'offline' as const, offline: {} } }

  function verificationOf({ next_action: action }: Stripe.PaymentIntent | Stripe.SetupIntent): string {
    const url = action?.verify_with_microdeposits?.hosted_verification_url
    if (!url) throw new Error('Nothing is to be verified')
    return url
  }

  test('asks again for a wrong code, and begins the debit with the right one', async () => {
    const { stripe } = sandbox
    const intent = await stripe.paymentIntents.create({
      ...(await account()),
      amount: 2000,
      currency: 'usd',
      mandate_data,
    })
    const page = await visit(verificationOf(intent))
    expect(page.text).toContain('account ending in 6789')
    const again = await submit(page, { code: 'SM00XX' })
    expect(again.html).toMatch(/name="code"[^>]*value="SM00XX"[^>]*aria-invalid="true"/)
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action')
    expect((await submit(again, { code: ' sm11aa ' })).text).toContain('Thank you')
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('processing')
  })

  test('ends with the last wrong code', async () => {
    const { stripe } = sandbox
    const intent = await stripe.paymentIntents.create({
      ...(await account()),
      amount: 2000,
      currency: 'usd',
      mandate_data,
    })
    const over = await submit(await visit(verificationOf(intent)), { code: 'SM33CC' })
    expect(over.text).toContain('could not be verified')
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_method_microdeposit_verification_attempts_exceeded' },
    })
  })

  test('saves an account that is set up', async () => {
    const { stripe } = sandbox
    const set = await account()
    const intent = await stripe.setupIntents.create({ ...set, mandate_data })
    expect((await submit(await visit(verificationOf(intent)), { code: 'SM11AA' })).text).toContain(
      'Thank you',
    )
    expect(await stripe.setupIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' })
    const saved = await stripe.customers.listPaymentMethods(set.customer)
    expect(saved.data.map(({ id }) => id)).toEqual([idOf(intent.payment_method)])
  })
})
