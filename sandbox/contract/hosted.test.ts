import { beforeAll, describe, expect, test } from 'vitest'
import { underTest, useSandbox } from '@/sandbox/contract/account'
import { card, submit, visit } from '@/sandbox/contract/browser'
import { customer, eventTypes, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

async function openPage(amounts = [2000]) {
  const invoice = await openInvoice(sandbox.stripe, { amounts })
  const page = await visit(String(invoice.hosted_invoice_url))
  return { invoice, page, state: () => sandbox.stripe.invoices.retrieve(invoice.id) }
}

describe('the hosted page', () => {
  test('shows the invoice under an address nobody can guess, and protects itself', async () => {
    const { invoice, page } = await openPage()
    expect(page.status).toBe(200)
    expect(invoice.hosted_invoice_url).toMatch(new RegExp(`^${sandbox.url}/i/acct_\\w+/test_\\w{40,}`))
    for (const part of [
      String(invoice.number),
      '$20.00',
      'Line of 2000',
      'Lumen Labs',
      'Sandbox',
      'Pay by card',
    ]) {
      expect(page.text).toContain(part)
    }
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('x-robots-tag')).toContain('noindex')
    expect(page.html).not.toContain('<script')
  })

  test('takes a card', async () => {
    const { page, state, invoice } = await openPage()
    const paid = await submit(page, card)
    expect(paid.status).toBe(200)
    expect(paid.text).toContain('This invoice is paid.')
    expect(paid.html).not.toContain('name="cvc"')
    expect(await state()).toMatchObject({ status: 'paid', amount_paid: 2000, attempted: true })
    const types = await eventTypes(sandbox.stripe, invoice.id, 'invoice')
    expect(types).toEqual(
      expect.arrayContaining(['invoice.paid', 'invoice.payment_succeeded', 'invoice_payment.paid']),
    )
    const { data } = await sandbox.stripe.events.list({ type: 'invoice.paid', limit: 1 })
    expect(data[0]?.request).toEqual({ id: null, idempotency_key: null })
  })

  test('keeps the form when the card is declined, and takes another one then', async () => {
    const { page, state, invoice } = await openPage()
    const declined = await submit(page, { ...card, number: '4000 0000 0000 9995' })
    expect(declined.text).toContain('Your card has insufficient funds.')
    expect(declined.html).toContain('value="4000 0000 0000 9995"')
    expect(declined.html).toContain('value="Ada Byron"')
    expect(declined.html).toContain('name="cvc" value=""')
    expect(await state()).toMatchObject({ status: 'open', amount_paid: 0, attempted: true })
    expect(await eventTypes(sandbox.stripe, invoice.id, 'invoice.')).toContain('invoice.payment_failed')
    const paid = await submit(declined, card)
    expect(paid.text).toContain('This invoice is paid.')
    expect((await state()).status).toBe('paid')
  })

  test.each([
    ['number', { number: '4242 4242 4242 4241' }, 'Your card number is incorrect.'],
    ['expiry', { expiry: '13 / 34' }, 'expiration month is invalid'],
    ['expiry', { expiry: '01 / 20' }, 'expiration year is in the past'],
    ['cvc', { cvc: '1' }, 'security code is invalid'],
    ['number', { number: '' }, 'Your card number is incorrect.'],
  ])('says what is wrong with the %s before any attempt', async (field, change, message) => {
    const { page, state } = await openPage()
    const answer = await submit(page, { ...card, ...change })
    expect(answer.text).toContain(message)
    expect(answer.html).toMatch(new RegExp(`name="${field}"[^>]*aria-invalid`))
    expect(await state()).toMatchObject({ status: 'open', attempted: false })
  })

  test('an empty post is answered, not broken', async () => {
    const { page } = await openPage()
    expect((await submit(page, {})).text).toContain('Your card number is incorrect.')
  })

  describe('with a 3-D Secure card', () => {
    const secure = { ...card, number: '4000 0000 0000 3220' }

    test('asks the bank, and is paid once that is confirmed', async () => {
      const { page, state, invoice } = await openPage()
      const challenge = await submit(page, secure)
      expect(challenge.text).toContain('Complete authentication')
      expect(challenge.text).toContain('card ending in 3220')
      expect((await state()).status).toBe('open')
      expect(await intentOf(sandbox.stripe, invoice.id)).toMatchObject({ status: 'requires_action' })
      const paid = await submit(challenge, { outcome: 'complete' })
      expect(paid.text).toContain('This invoice is paid.')
      expect((await state()).status).toBe('paid')
    })

    test('goes back to the form when it fails', async () => {
      const { page, state, invoice } = await openPage()
      const failed = await submit(await submit(page, secure), { outcome: 'fail' })
      expect(failed.html).toContain('name="cvc"')
      expect(failed.html).toContain('role="alert"')
      expect((await state()).status).toBe('open')
      expect(await intentOf(sandbox.stripe, invoice.id)).toMatchObject({ status: 'requires_payment_method' })
      expect((await submit(failed, card)).text).toContain('This invoice is paid.')
    })

    test('a challenge nobody asked for pays nothing', async () => {
      const { page, state } = await openPage()
      const [, action = ''] = /action="([^"]+)"/.exec(page.html) ?? []
      const guessed = new URL(action, page.url).href.replace(/\/pay$/, '/challenge')
      await visit(guessed, { outcome: 'complete' })
      expect((await state()).status).toBe('open')
    })
  })

  test('pays once, however often the form is sent', async () => {
    const { page, state, invoice } = await openPage()
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => submit(page, card)))
    for (const answer of answers) expect(answer.text).toContain('This invoice is paid.')
    expect(await state()).toMatchObject({ status: 'paid', amount_paid: 2000 })
    const { data } = await sandbox.stripe.charges.list({ customer: String(invoice.customer) })
    expect(data).toHaveLength(1)
  })

  test('of a void or paid invoice takes no money', async () => {
    const { page, invoice } = await openPage()
    await sandbox.stripe.invoices.voidInvoice(invoice.id)
    const voided = await visit(page.url)
    expect(voided.text).toContain('voided this invoice')
    expect(voided.html).not.toContain('<form')
    expect((await submit(page, card)).text).toContain('voided this invoice')
    const paid = await openPage()
    await sandbox.stripe.invoices.pay(paid.invoice.id, { paid_out_of_band: true })
    expect((await submit(paid.page, card)).text).toContain('This invoice is paid.')
    const { data } = await sandbox.stripe.charges.list({ customer: String(paid.invoice.customer) })
    expect(data).toEqual([])
  })

  test('of an uncollectible invoice still takes it', async () => {
    const { page, invoice, state } = await openPage()
    await sandbox.stripe.invoices.markUncollectible(invoice.id)
    await submit(page, card)
    expect((await state()).status).toBe('paid')
  })

  test('escapes what the customer is called', async () => {
    const { id } = await customer(sandbox.stripe, { name: '<script>alert(1)</script>' })
    const { hosted_invoice_url: url } = await openInvoice(sandbox.stripe, { customer: id })
    const { html } = await visit(String(url))
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).not.toContain('<script>')
  })

  test('does not exist under another token or account', async () => {
    const { page } = await openPage()
    const { pathname } = new URL(page.url)
    for (const path of [
      `${pathname}x`,
      pathname.slice(0, -1),
      pathname.replace(/acct_\w+/, 'acct_other'),
      '/i/',
      '/i/a/b',
    ]) {
      const { status, text } = await visit(sandbox.url + path)
      expect([path, status]).toEqual([path, 404])
      expect(text).not.toContain('$20.00')
    }
  })
})

describe('the PDF', () => {
  test('is one, and downloads under the number', async () => {
    const { invoice } = await openPage()
    const response = await fetch(String(invoice.invoice_pdf))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toContain(`${invoice.number}`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.length).toBeGreaterThan(2000)
  })

  test('is what the page links to', async () => {
    const { page } = await openPage()
    const [, href = ''] = /href="([^"]+pdf[^"]*)"/.exec(page.html) ?? []
    const response = await fetch(new URL(href.replaceAll('&amp;', '&'), page.url))
    expect(response.headers.get('content-type')).toBe('application/pdf')
  })
})

describe('as time goes by', () => {
  const later = useSandbox()
  let url = ''
  let id = ''

  beforeAll(async () => {
    const invoice = await openInvoice(later.stripe)
    url = String(invoice.hosted_invoice_url)
    id = invoice.id
  })

  const advance = (days: number) => later.control('POST', 'clock', { advance_seconds: days * 86_400 })

  test('an unpaid invoice is past due, and the link dies thirty days after', async () => {
    expect((await visit(url)).text).toContain('Open')
    await advance(31)
    const due = await visit(url)
    expect(due.text).toContain('Past due')
    expect(due.html).toContain('name="cvc"')
    await advance(31)
    const expired = await visit(url)
    expect(expired.text).toContain('expired')
    expect(expired.html).not.toContain('name="cvc"')
    const { hosted_invoice_url: fresh } = await underTest(later.url).stripe.invoices.retrieve(id)
    expect((await visit(String(fresh))).html).toContain('name="cvc"')
  })
})
