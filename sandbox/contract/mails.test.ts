import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { download, visit } from '@/sandbox/contract/browser'
import { customer, customerWithCard, draft, openInvoice } from '@/sandbox/contract/scenes'
import { readPdf } from '@/sandbox/documents/read-pdf'

const sandbox = useSandbox()

type Mail = {
  id: string
  kind: string
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  language: string
  invoice: string
  url: string
  attachments: { filename: string; content_type: string; url: string }[]
}

const mailsOf = async (invoice: string) =>
  (await sandbox.control<Mail[]>('GET', 'mail')).filter((mail) => mail.invoice === invoice)
const kindsOf = async (invoice: string) => (await mailsOf(invoice)).map(({ kind }) => kind)
const days = (count: number) => sandbox.control('POST', 'clock', { advance_seconds: count * 86_400 })
const switches = (mails: Record<string, boolean>) =>
  sandbox.control('POST', 'settings', { account: { mails } })

describe('the mail of an invoice', () => {
  test('can be read as text, as a page and with its PDF', async () => {
    const invoice = await openInvoice(sandbox.stripe)
    await sandbox.stripe.invoices.sendInvoice(invoice.id)
    const [mail] = await mailsOf(invoice.id)
    const link = String(invoice.hosted_invoice_url).replace('?s=ap', '?s=em')
    expect(mail).toMatchObject({
      kind: 'invoice',
      to: 'accounts@lumen.example',
      from: { name: 'Duebook Sandbox', address: 'billing@sandbox.example' },
      subject: `Invoice ${invoice.number} from Duebook Sandbox`,
      language: 'en',
      attachments: [{ filename: `Invoice-${invoice.number}.pdf`, content_type: 'application/pdf' }],
    })
    expect(mail?.text).toContain(`View and pay invoice: ${link}`)
    const page = await visit(sandbox.url + mail?.url)
    expect(page.html).toContain('<html lang="en">')
    expect(page.html).toContain(`href="${link}"`)
    expect(page.text).toContain('Duebook Sandbox sent you an invoice for $20.00 USD.')
    expect(page.text).toContain('Sandbox · Test cards only, no real money.')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const pdf = await download(sandbox.url + mail?.attachments[0]?.url)
    expect(pdf.type).toBe('application/pdf')
    expect(readPdf(pdf.bytes).text).toContain(String(invoice.number))
  })

  test('escapes what it tells', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    const { id } = await customer(sandbox.stripe, { name: evil, email: 'evil@lumen.example' })
    const invoice = await openInvoice(sandbox.stripe, { customer: id, number: '<b>1</b>' })
    await sandbox.stripe.invoices.sendInvoice(invoice.id)
    const [mail] = await mailsOf(invoice.id)
    const { html } = await visit(sandbox.url + mail?.url)
    expect(html).toContain('&lt;b&gt;1&lt;/b&gt;')
    expect(html).not.toMatch(/<b>1|<img/)
  })

  test('of a revision says what it replaces', async () => {
    const first = await openInvoice(sandbox.stripe)
    const revision = await sandbox.stripe.invoices.create({
      from_invoice: { action: 'revision', invoice: first.id },
    })
    await sandbox.stripe.invoices.sendInvoice(revision.id)
    const [mail] = await mailsOf(revision.id)
    expect(mail).toMatchObject({
      kind: 'invoice_updated',
      subject: expect.stringMatching(/^Updated invoice/),
    })
    expect(mail?.text).toContain(`has updated invoice ${first.number}`)
  })

  test.each(['mail/mail_none', 'mail/mail_none/attachments/0'])('%s is not there', async (path) => {
    await expect(sandbox.control('GET', path)).rejects.toThrow('404')
  })

  test('has no more attachments than it has', async () => {
    const invoice = await openInvoice(sandbox.stripe)
    await sandbox.stripe.invoices.sendInvoice(invoice.id)
    const [mail] = await mailsOf(invoice.id)
    for (const number of ['1', '-1', 'x', '__proto__']) {
      await expect(sandbox.control('GET', `mail/${mail?.id}/attachments/${number}`)).rejects.toThrow('404')
    }
  })
})

test('nobody without an address gets one', async () => {
  const { id } = await customer(sandbox.stripe, { email: '' })
  const method = await sandbox.stripe.paymentMethods.attach('pm_card_visa', { customer: id })
  const invoice = await openInvoice(sandbox.stripe, { customer: id })
  const paid = await sandbox.stripe.invoices.pay(invoice.id, { payment_method: method.id })
  expect(await mailsOf(invoice.id)).toEqual([])
  expect(paid.receipt_number).toBeNull()
})

describe('money that moves', () => {
  async function paid() {
    const { id } = await customerWithCard(sandbox.stripe)
    const invoice = await openInvoice(sandbox.stripe, {
      customer: id,
      collection_method: 'charge_automatically',
    })
    await sandbox.stripe.invoices.pay(invoice.id)
    const { data } = await sandbox.stripe.charges.list({ customer: id })
    return { invoice, charge: String(data[0]?.id), number: data[0]?.receipt_number }
  }

  test('is receipted, with receipt and invoice attached', async () => {
    const { invoice, number } = await paid()
    const [mail] = await mailsOf(invoice.id)
    expect(mail).toMatchObject({
      kind: 'receipt',
      subject: `Your receipt ${number} from Duebook Sandbox`,
      attachments: [{ filename: `Receipt-${number}.pdf` }, { filename: `Invoice-${invoice.number}.pdf` }],
    })
    const [receipt, bill] = await Promise.all(
      (mail?.attachments ?? []).map(
        async ({ url }) => readPdf((await download(sandbox.url + url)).bytes).text,
      ),
    )
    expect(receipt).toContain(number)
    expect(bill).toContain('$20.00 USD paid on')
  })

  test('back is told of', async () => {
    const { invoice, charge } = await paid()
    await sandbox.stripe.refunds.create({ charge, amount: 700 })
    const mail = (await mailsOf(invoice.id)).at(-1)
    expect(mail).toMatchObject({ kind: 'refund' })
    expect(mail?.text).toContain('has refunded $7.00 USD')
    const [link = ''] = /http\S+/.exec(mail?.text ?? '') ?? []
    expect((await visit(link)).text).toContain('Refunded $7.00')
  })

  test('outside of Stripe is not receipted', async () => {
    const invoice = await openInvoice(sandbox.stripe)
    await sandbox.stripe.invoices.pay(invoice.id, { paid_out_of_band: true })
    expect(await kindsOf(invoice.id)).toEqual([])
  })

  test('is not told of where the account has that switched off', async () => {
    await switches({ receipts: false, refunds: false })
    const { invoice, charge, number } = await paid()
    await sandbox.stripe.refunds.create({ charge })
    expect(await kindsOf(invoice.id)).toEqual([])
    expect(number).toBeNull()
    await switches({ receipts: true, refunds: true })
  })
})

describe('a credit note', () => {
  test.each([
    [{}, ['credit_note']],
    [{ email_type: 'none' as const }, []],
  ])('%o is mailed accordingly', async (params, kinds) => {
    const invoice = await openInvoice(sandbox.stripe)
    const note = await sandbox.stripe.creditNotes.create({ invoice: invoice.id, amount: 500, ...params })
    const mails = await mailsOf(invoice.id)
    expect(mails.map(({ kind }) => kind)).toEqual(kinds)
    for (const { subject, attachments } of mails) {
      expect(subject).toBe(`Credit note ${note.number} from Duebook Sandbox`)
      const { bytes } = await download(sandbox.url + attachments[0]?.url)
      expect(readPdf(bytes).text).toContain(note.number)
    }
  })
})

describe('what time brings', () => {
  test('an invoice that becomes final by itself is mailed, and reminded of', async () => {
    await sandbox.control('POST', 'settings', { account: { reminder_days: [-3, 5] } })
    const { id } = await draft(sandbox.stripe, { auto_advance: true })
    await days(1)
    expect(await kindsOf(id)).toEqual(['invoice'])
    await days(40)
    expect(await kindsOf(id)).toEqual(['invoice', 'reminder', 'reminder'])
    const [, before, after] = await mailsOf(id)
    expect(before?.text).toMatch(/is not paid yet\. Due /)
    expect(after?.text).toMatch(/is not paid yet\. Was due /)
    await sandbox.control('POST', 'settings', { account: { reminder_days: [] } })
  })

  test('is not mailed where that is switched off, though it can still be sent by hand', async () => {
    await switches({ finalized_invoices: false })
    const { id } = await draft(sandbox.stripe, { auto_advance: true })
    await days(1)
    expect(await kindsOf(id)).toEqual([])
    await sandbox.stripe.invoices.sendInvoice(id)
    expect(await kindsOf(id)).toEqual(['invoice'])
    await switches({ finalized_invoices: true })
  })

  test.each([
    ['pm_card_chargeCustomerFail', 'payment_failed', 'We could not collect $20.00 USD'],
    ['pm_card_authenticationRequired', 'payment_confirmation', 'Your bank asks you to confirm'],
  ])('an automatic payment with %s is told of by a mail of kind %s', async (token, kind, words) => {
    const { id: customerId } = await customerWithCard(sandbox.stripe, token)
    const { id } = await draft(sandbox.stripe, {
      customer: customerId,
      collection_method: 'charge_automatically',
      auto_advance: true,
    })
    await days(1)
    const [mail] = await mailsOf(id)
    expect(mail).toMatchObject({ kind })
    expect(mail?.text).toContain(words)
  })
})
