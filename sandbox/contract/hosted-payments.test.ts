import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { card, submit, visit } from '@/sandbox/contract/browser'
import { type DraftOptions, eventTypes, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

async function openPage(options: DraftOptions = {}) {
  const invoice = await openInvoice(sandbox.stripe, options)
  const page = await visit(String(invoice.hosted_invoice_url))
  const charges = async () => (await sandbox.stripe.charges.list({ customer: String(invoice.customer) })).data
  return { invoice, page, charges, state: () => sandbox.stripe.invoices.retrieve(invoice.id) }
}

const days = (count: number) => sandbox.control('POST', 'clock', { advance_seconds: count * 86_400 })

describe('a card', () => {
  test.each([
    ['4000 0000 0000 0002', 'Your card was declined.', null],
    ['4000 0000 0000 9995', 'Your card has insufficient funds.', null],
    ['4000 0000 0000 9987', 'Your card was declined.', null],
    ['4000 0000 0000 9979', 'Your card was declined.', null],
    ['4000 0000 0000 0069', 'Your card has expired.', 'expiry'],
    ['4000 0000 0000 0127', 'security code is incorrect', 'cvc'],
    ['4000 0000 0000 0119', 'An error occurred while processing your card.', null],
    ['4000 0000 0000 6975', 'repeated attempts too frequently', null],
    ['4000 0000 0000 0341', 'Your card was declined.', null],
    ['4100 0000 0000 0019', 'Your card was declined.', null],
  ])('of number %s is refused: %s', async (number, message, field) => {
    const { page, state, charges } = await openPage()
    const refused = await submit(page, { ...card, number })
    expect(refused.status).toBe(200)
    expect(refused.text.replaceAll('&#39;', "'")).toContain(message)
    if (field) expect(refused.html).toMatch(new RegExp(`name="${field}"[^>]*aria-invalid="true"`))
    else expect(refused.html).toMatch(/class="error" role="alert"/)
    expect(await state()).toMatchObject({ status: 'open', attempt_count: 1 })
    expect((await charges()).map(({ status }) => status)).toEqual(['failed'])
  })

  test('that the network does not know is refused without an attempt', async () => {
    const { page, charges } = await openPage()
    const refused = await submit(page, { ...card, number: '4111 1111 1111 1111' })
    expect(refused.text).toContain('only knows test cards')
    expect(await charges()).toEqual([])
  })

  test('whose form is sent twice is tried once, and the second answer tells of the first', async () => {
    const { page, charges } = await openPage()
    const declined = { ...card, number: '4000 0000 0000 9995' }
    const answers = await Promise.all([
      submit(page, declined),
      submit(page, declined),
      submit(page, declined),
    ])
    for (const { text } of answers) expect(text).toContain('Your card has insufficient funds.')
    expect(await charges()).toHaveLength(1)
    const again = await submit(answers[0] ?? page, card)
    expect(again.text).toContain('This invoice is paid.')
  })

  test('pays what is left of an invoice that was paid in part', async () => {
    const { invoice } = await openPage()
    const part = await sandbox.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer: String(invoice.customer),
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    await sandbox.stripe.invoices.attachPayment(invoice.id, { payment_intent: part.id })
    const page = await visit(String(invoice.hosted_invoice_url))
    expect(page.text).toContain('Partly paid')
    expect(page.text).toContain('Amount paid -$5.00 Amount due $15.00')
    await days(1)
    const paid = await submit(page, card)
    expect(paid.text).toContain('Paid on')
    expect(paid.text).toMatch(/Payments .*\$5\.00 Receipt .*\$15\.00 Receipt/)
  })
})

describe('a form from another site', () => {
  test.each(['cross-site', 'same-site'])('(%s) does nothing', async (site) => {
    const { page, state } = await openPage()
    const answer = await visit(page.url, card, { 'sec-fetch-site': site })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('sent from another site')
    expect((await state()).status).toBe('open')
  })

  test('is told from the page’s own', async () => {
    const { page } = await openPage()
    expect((await visit(page.url, card, { 'sec-fetch-site': 'same-origin' })).text).toContain('is paid.')
  })
})

describe('a bank debit', () => {
  const account = { name: 'Ada Byron', routing: '110000000', account: '000123456789' }
  const iban = { name: 'Ada Byron', iban: 'AT61 1904 3002 3457 3201' }

  test('in dollars is under way for days, and then pays', async () => {
    const { page, invoice, state } = await openPage()
    expect(page.text).toContain('Pay by bank debit')
    const processing = await submit(page, account, 1)
    expect(processing.text).toContain('Your payment is on its way.')
    expect(processing.html).not.toContain('<form')
    expect((await state()).status).toBe('open')
    expect(await intentOf(sandbox.stripe, invoice.id)).toMatchObject({ status: 'processing' })
    await days(10)
    expect((await visit(page.url)).text).toContain('This invoice is paid.')
    expect(await state()).toMatchObject({ status: 'paid', amount_paid: 2000 })
    expect(await eventTypes(sandbox.stripe, invoice.id, 'invoice.')).toContain('invoice.payment_succeeded')
  })

  test('in euros is a SEPA debit', async () => {
    const { page, state } = await openPage({ currency: 'eur' })
    expect((await submit(page, iban, 1)).text).toContain('Your payment is on its way.')
    await days(14)
    expect((await state()).status).toBe('paid')
    expect((await visit(page.url)).text).toContain('Bank account ending in 3201')
  })

  test('that the bank sends back leaves the invoice open, and the page says so', async () => {
    const { page, state } = await openPage({ currency: 'eur' })
    await submit(page, { ...iban, iban: 'AT861904300235473202' }, 1)
    await days(14)
    const failed = await visit(page.url)
    expect(failed.text).toContain('The bank debit did not go through.')
    expect((await state()).status).toBe('open')
    expect((await submit(failed, card)).text).toContain('This invoice is paid.')
  })

  test.each([
    ['name', { ...account, name: ' ' }, 'name of the account holder'],
    ['routing', { ...account, routing: '123' }, 'routing number is not valid'],
    ['account', { ...account, account: 'x' }, 'account number is not valid'],
    ['account', { ...account, account: '000999999991' }, 'only knows test accounts'],
  ])('says what is wrong with the %s', async (field, fields, message) => {
    const { page, charges } = await openPage()
    const answer = await submit(page, fields, 1)
    expect(answer.text).toContain(message)
    expect(answer.html).toMatch(new RegExp(`name="${field}"[^>]*aria-invalid="true"`))
    expect(answer.html).toMatch(/id="by-us_bank_account" checked/)
    expect(await charges()).toEqual([])
  })

  test.each([
    ['AT00 1904 3002 3457 3201', 'IBAN is not valid'],
    ['GB33BUKB20201555555555', 'only knows test accounts'],
  ])('refuses the IBAN %s', async (number, message) => {
    const { page } = await openPage({ currency: 'eur' })
    expect((await submit(page, { ...iban, iban: number }, 1)).text).toContain(message)
  })

  test('is not offered in a currency without one, nor where the invoice leaves it out', async () => {
    expect((await openPage({ currency: 'gbp' })).page.text).not.toContain('Bank debit')
    const settings = { payment_settings: { payment_method_types: ['card' as const] } }
    const { page, charges } = await openPage(settings)
    expect(page.text).not.toContain('Bank debit')
    await visit(page.url, { ...account, method: 'us_bank_account' })
    expect(await charges()).toEqual([])
  })
})
