import { expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customerWithCard, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

/** The cardholder confirms at the bank the payment of an invoice that somebody has begun. */
async function authenticate(hostedUrl: string | null | undefined): Promise<void> {
  const url = new URL(String(hostedUrl))
  const body = new URLSearchParams({ outcome: 'complete' })
  await fetch(`${url.origin}${url.pathname}/challenge`, { method: 'POST', body })
}

test.each([
  ['pm_card_authenticationRequiredOnSetup', 'asks once', 'paid'],
  ['pm_card_authenticationRequired', 'asks every time', 'open'],
])('%s %s', async (token, _, status) => {
  const { stripe } = sandbox
  const { id: owner } = await customerWithCard(stripe, token)
  const first = await openInvoice(stripe, { customer: owner })
  expect(await refusalOf(stripe.invoices.pay(first.id, { off_session: false }))).toMatchObject({
    code: 'invoice_payment_intent_requires_action',
  })
  expect(await intentOf(stripe, first.id)).toMatchObject({ status: 'requires_action' })
  await authenticate(first.hosted_invoice_url)
  expect((await stripe.invoices.retrieve(first.id)).status).toBe('paid')
  const second = await openInvoice(stripe, { customer: owner })
  if (status === 'paid') await stripe.invoices.pay(second.id)
  else {
    expect(await refusalOf(stripe.invoices.pay(second.id))).toMatchObject({ code: 'authentication_required' })
  }
  expect((await stripe.invoices.retrieve(second.id)).status).toBe(status)
})
