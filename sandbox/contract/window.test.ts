import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { filledIn } from '@/sandbox/contract/filled-in'
import { openReceiver, type Receiver } from '@/sandbox/contract/receiver'
import { customer, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()
const hostile = '"><script>alert(1)</script>'

let receiver: Receiver
let owner: Stripe.Customer
let invoice: Stripe.Invoice
let event: Stripe.Event
let endpoint: Stripe.WebhookEndpoint

async function look(path: string, status = 200): Promise<string> {
  const answer = await sandbox.send('GET', `/_sandbox/${path}`)
  expect(answer.status, path).toBe(status)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(answer.text).not.toMatch(/<script|undefined|\[object Object\]|NaN/)
  return answer.text
}

function post(path: string, fields: Record<string, string> = {}) {
  return sandbox.send('POST', `/_sandbox/window/${path}`, String(new URLSearchParams(fields)))
}

/** Posts a form, and answers the page that it leads to. */
async function turn(path: string, fields: Record<string, string> = {}): Promise<string> {
  const { status, headers } = await post(path, fields)
  expect(status, path).toBe(303)
  return look(String(headers.get('location')).replace('/_sandbox/', ''))
}

beforeAll(async () => {
  receiver = await openReceiver()
  const { stripe } = sandbox
  endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] })
  owner = await customer(stripe, { name: hostile, description: hostile, metadata: { note: hostile } })
  const { id } = await openInvoice(stripe, { customer: owner.id, description: hostile })
  invoice = await stripe.invoices.sendInvoice(id)
  const { data } = await stripe.events.list({ type: 'invoice.sent' })
  if (!data[0]) throw new Error('The invoice was sent without an event')
  event = data[0]
  await vi.waitUntil(() => receiver.received.some((hook) => hook.id === event.id))
})
afterAll(() => receiver.close())

describe('the window shows', () => {
  test('the account, its time and what it holds', async () => {
    const { account } = await sandbox.control('GET', 'health')
    const page = await look('')
    expect(page).toContain(String(account))
    expect(page).toContain('<span>Invoices</span><b>1</b>')
    expect(page).toContain('invoice.sent')
    const elsewhere = await sandbox.send('GET', '/_sandbox')
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([303, '/_sandbox/'])
  })

  test('objects, in which every id leads on', async () => {
    expect(await look('window/objects/invoices')).toContain(`/_sandbox/window/objects/invoices/${invoice.id}`)
    const page = await look(`window/objects/invoices/${invoice.id}`)
    expect(page).toContain(`href="/_sandbox/window/objects/customers/${owner.id}"`)
    expect(page).toContain(`href="${invoice.hosted_invoice_url}"`)
    expect(page).toContain(`href="${invoice.invoice_pdf}"`)
    expect(page).toContain(`href="/_sandbox/window/events/${event.id}"`)
    expect(page).toContain(`POST /v1/invoices/${invoice.id}/send`)
    for (const [, href = ''] of page.matchAll(/href="\/_sandbox\/([^"]+)"/g)) await look(href)
  })

  test('an object of each kind as the API does, with what names came with it escaped', async () => {
    const { stripe } = sandbox
    const coupon = await stripe.coupons.create({ percent_off: 10, name: 'Ten' })
    await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } })
    const { id } = await openInvoice(stripe, { discounts: [{ coupon: coupon.id }] })
    const intent = await intentOf(stripe, id)
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
    await stripe.creditNotes.create({ invoice: id, amount: 100, refund_amount: 100 })
    await stripe.taxRates.create({ display_name: hostile, percentage: 19, inclusive: false })
    await stripe.customers.createTaxId(owner.id, { type: 'eu_vat', value: 'DE123456789' })
    await stripe.customers.createBalanceTransaction(owner.id, { amount: -5, currency: 'usd' })
    await stripe.testHelpers.testClocks.create({ frozen_time: 1_700_000_000, name: hostile })
    const kinds = [...(await look('window/objects')).matchAll(/window\/(objects\/\w+)"><span>/g)]
    expect(kinds.length).toBeGreaterThan(15)
    for (const [, path] of kinds) {
      const [, id] = /class="id"><a href="[^"]+\/([^"/]+)">/.exec(await look(`window/${path}`)) ?? []
      expect(await look(`window/${path}/${id}`)).toContain(`&quot;id&quot;`)
    }
    expect(await look(`window/objects/customers/${owner.id}`)).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    )
  })

  test('requests, by path and status, with what they said and caused', async () => {
    const refused = await sandbox.send('POST', '/v1/customers', 'nonsense=1')
    const list = await look('window/requests?path=/v1/customers&status=400')
    expect(list).toContain('Received unknown parameter: nonsense')
    expect(list).not.toContain('POST /v1/invoices')
    const page = await look(`window/requests/${refused.headers.get('request-id')}`)
    expect(page).toContain('parameter_unknown')
    expect(await look(`window/requests/${event.request?.id}`)).toContain('invoice.sent')
  })

  test('events by type, with their payload, cause and deliveries', async () => {
    expect(await look('window/events?type=customer.*')).not.toContain('invoice.sent')
    const page = await look(`window/events/${event.id}`)
    expect(page).toContain(`/_sandbox/window/requests/${event.request?.id}`)
    expect(page).toContain(receiver.url)
    expect(page).toContain('<span class="badge good">200</span>')
    expect(await look('window/webhooks')).toContain(receiver.url)
  })

  test('mails, in a frame that can do nothing', async () => {
    const mails = await sandbox.control<{ id: string; invoice: string }[]>('GET', 'mail')
    const { id } = mails.find((mail) => mail.invoice === invoice.id) ?? {}
    expect(await look('window/mail')).toContain(`href="/_sandbox/window/mail/${id}"`)
    const page = await look(`window/mail/${id}`)
    expect(page).toContain(`<iframe src="/_sandbox/mail/${id}"`)
    expect(page).toMatch(/sandbox="allow-popups allow-popups-to-escape-sandbox"/)
    const [, attachment = ''] = /href="(\/_sandbox\/mail\/\w+\/attachments\/0)"/.exec(page) ?? []
    expect((await sandbox.send('GET', attachment)).headers.get('content-type')).toBe('application/pdf')
  })

  test('an object whose id means something in an address', async () => {
    const { stripe } = sandbox
    const id = '50% off/month'
    await stripe.plans.create({
      id,
      amount: 5,
      currency: 'usd',
      interval: 'month',
      product: { name: 'Half' },
    })
    expect(await look(`window/objects/prices/${encodeURIComponent(id)}`)).toContain(`<h1>${id}</h1>`)
  })

  test('long lists in pages', async () => {
    for (let at = 0; at < 30; at++) await sandbox.stripe.products.create({ name: `Product ${at}` })
    const first = await look('window/objects/products')
    expect(first).toContain('Product 29')
    expect(first).not.toContain('Product 4<')
    const [, older = ''] = /href="(\?after=[^"]+)">Older/.exec(first) ?? []
    const second = await look(`window/objects/products${older}`)
    expect(second).toContain('Product 4<')
    expect(second).not.toContain('Product 5<')
  })

  test.each([
    'window/objects/nonsense',
    'window/objects/__proto__',
    'window/objects/invoices/in_nonsense',
    'window/objects/invoices/search',
    'window/objects/invoices/%E0%A4%A',
    'window/events/evt_nonsense',
    'window/requests/req_nonsense',
    'window/mail/mail_nonsense',
    'window/nonsense',
    'window/faults/fault_1/lift',
  ])('a page that says so for %s', async (path) => {
    expect(await look(path, 404)).toContain('To the overview')
  })
})

describe('its forms', () => {
  const now = async () => (await sandbox.control<{ now: number }>('GET', 'health')).now

  test('resend an event, to one endpoint or to all that want it', async () => {
    const times = () => receiver.received.filter(({ id }) => id === event.id).length
    const before = times()
    expect(await turn(`events/${event.id}/resend`, { endpoint: endpoint.id })).toContain('by hand')
    await turn(`events/${event.id}/resend`, { endpoint: '' })
    expect(times()).toBe(before + 2)
    expect((await post(`events/${event.id}/resend`, { endpoint: 'we_nonsense' })).status).toBe(400)
    expect((await post('events/evt_nonsense/resend')).status).toBe(404)
  })

  test('turn the clock, forward only', async () => {
    const before = await now()
    await turn('clock', { seconds: '3600' })
    expect((await now()) - before).toBeGreaterThanOrEqual(3600)
    await turn('clock', { to: '2031-05-06T07:08' })
    expect(new Date((await now()) * 1000).toISOString()).toMatch(/^2031-05-06T07:08/)
    const back = await post('clock', { to: '2001-01-01T00:00' })
    expect([back.status, back.text]).toEqual([400, expect.stringContaining('Time does not go back')])
    expect((await post('clock', { to: hostile })).status).toBe(400)
  })

  test('plant and lift faults', async () => {
    const planted = await turn('faults', {
      method: 'POST',
      path: '/v1/invoices',
      effect: 'status_before',
      status: '503',
      count: '2',
      code: '',
    })
    expect(planted).toContain('POST /v1/invoices')
    const faults = await sandbox.control<object[]>('GET', 'faults')
    expect(faults).toMatchObject([{ path: '/v1/invoices', status: 503, left: 2, code: null }])
    await turn('delivery-faults', { types: 'invoice.*, charge.*', endpoint: '', effect: 'drop' })
    const drops = await sandbox.control<{ id: string }[]>('GET', 'delivery-faults')
    expect(drops).toMatchObject([{ types: ['invoice.*', 'charge.*'], endpoint: null, effect: 'drop' }])
    await turn(`delivery-faults/${drops[0]?.id}/lift`)
    expect(await turn('faults/lift')).not.toContain('POST /v1/invoices')
    expect(await sandbox.control('GET', 'delivery-faults')).toEqual([])
    const refused = await post('faults', { path: 'nowhere', effect: 'hang', count: 'many' })
    expect([refused.status, await sandbox.control('GET', 'faults')]).toEqual([400, []])
  })

  test('change the switches, or say what is wrong and keep what was typed', async () => {
    const before = await sandbox.control('GET', 'settings')
    const form = filledIn(await look('window/settings'))
    await turn('settings', form)
    expect(await sandbox.control('GET', 'settings')).toEqual(before)
    const { 'account.mails.refunds': _, ...without } = form
    const changed = { ...without, 'sandbox.search_lag_seconds': '7', 'account.reminder_days': '-3, 5' }
    expect(filledIn(await turn('settings', changed))).toEqual(changed)
    expect(await sandbox.control('GET', 'settings')).toMatchObject({
      account: { mails: { refunds: false, receipts: true }, reminder_days: [-3, 5] },
      sandbox: { search_lag_seconds: 7 },
    })
    const refused = await post('settings', { ...changed, 'sandbox.search_lag_seconds': '<soon>' })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('value="&lt;soon&gt;"')
  })

  test('roll a secret', async () => {
    const page = await turn(`webhooks/${endpoint.id}/roll`)
    expect(page).toContain('The one before signs too')
    expect(page).not.toContain(String(endpoint.secret))
    expect((await post('webhooks/we_nonsense/roll')).status).toBe(404)
  })

  test('keep, restore and forget everything, and begin anew', async () => {
    const { stripe } = sandbox
    expect(await turn('snapshots', { name: 'before' })).toContain('before')
    expect((await post('snapshots', { name: '../x' })).status).toBe(400)
    expect((await post('reset', { confirm: 'yes' })).status).toBe(400)
    expect((await stripe.customers.list()).data).not.toEqual([])
    await turn('reset', { confirm: 'reset' })
    expect((await stripe.customers.list()).data).toEqual([])
    await turn('seed', { seed: '3', customers: '2', invoices: '3', months: '1', currencies: 'eur, usd' })
    expect((await stripe.customers.list()).data).toHaveLength(2)
    expect((await post('seed')).text).toContain('Only an empty account')
    await turn('snapshots/restore', { name: 'before' })
    expect((await stripe.customers.retrieve(owner.id)).id).toBe(owner.id)
    await turn('snapshots/before/forget')
    expect(await sandbox.control('GET', 'snapshots')).toEqual([])
  })

  test('are not for other web sites', async () => {
    const { status } = await fetch(`${sandbox.url}/_sandbox/window/reset`, {
      method: 'POST',
      body: 'confirm=reset',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(status).toBe(403)
    expect((await sandbox.stripe.customers.retrieve(owner.id)).id).toBe(owner.id)
  })
})
