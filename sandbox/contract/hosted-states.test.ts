import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { card, download, submit, visit } from '@/sandbox/contract/browser'
import { customer, customerWithCard, openInvoice } from '@/sandbox/contract/scenes'
import { readPdf } from '@/sandbox/documents/read-pdf'
import { chooseLanguage, languageCodes } from '@/sandbox/languages/language'

const sandbox = useSandbox()

type Mail = { kind: string; to: string; text: string; invoice: string }

const mailsOf = async (invoice: string) =>
  (await sandbox.control<Mail[]>('GET', 'mail')).filter((mail) => mail.invoice === invoice)
const days = (count: number) => sandbox.control('POST', 'clock', { advance_seconds: count * 86_400 })

describe('a revised invoice', () => {
  test('leads to the newest version, which names the older ones', async () => {
    const { stripe } = sandbox
    const first = await openInvoice(stripe)
    const draft = await stripe.invoices.create({ from_invoice: { action: 'revision', invoice: first.id } })
    const second = await stripe.invoices.finalizeInvoice(draft.id)
    const page = await visit(String(first.hosted_invoice_url))
    expect(page.url).toContain(new URL(String(second.hosted_invoice_url)).pathname)
    expect(page.text).toContain(`Invoice ${second.number}`)
    expect(page.text).toContain(`Older versions ${first.number}`)
    const old = await download(String(first.invoice_pdf))
    expect(readPdf(old.bytes).text).toContain('This invoice is void')
    expect((await submit(page, card)).text).toContain('This invoice is paid.')
  })
})

describe('an expired link', () => {
  test('can be renewed by a mail to the address on file, and by nothing else', async () => {
    const invoice = await openInvoice(sandbox.stripe)
    await days(61)
    const expired = await visit(String(invoice.hosted_invoice_url))
    expect(expired.status).toBe(410)
    expect(expired.text).toContain('a•••@lumen.example')
    expect(expired.html).not.toContain('accounts@lumen.example')
    expect((await visit(String(invoice.invoice_pdf))).status).toBe(410)
    const sent = await submit(expired, {})
    expect(sent.text).toContain('A new link is on its way')
    const mail = (await mailsOf(invoice.id)).at(-1)
    expect(mail).toMatchObject({ kind: 'link', to: 'accounts@lumen.example' })
    const [link = ''] = /http\S+/.exec(mail?.text ?? '') ?? []
    expect((await submit(await visit(link), card)).text).toContain('This invoice is paid.')
  })

  test('without an address on file only says whom to ask', async () => {
    const { id } = await customer(sandbox.stripe, { email: '' })
    const invoice = await openInvoice(sandbox.stripe, { customer: id })
    await days(61)
    const expired = await visit(String(invoice.hosted_invoice_url))
    expect(expired.text).toContain('Please ask Duebook Sandbox')
    expect(expired.html).not.toContain('<form')
    const { pathname } = new URL(expired.url)
    expect((await visit(`${sandbox.url}${pathname}/link`, {})).status).toBe(404)
  })
})

describe('a receipt', () => {
  test('has a page and a PDF behind the charge’s receipt_url', async () => {
    const { stripe } = sandbox
    const { id } = await customerWithCard(stripe)
    const open = await openInvoice(stripe, { customer: id, collection_method: 'charge_automatically' })
    const paid = await stripe.invoices.pay(open.id)
    const { data } = await stripe.charges.list({ customer: id })
    const [charge] = data
    expect(charge?.receipt_number).toMatch(/^\d{4}-\d{4}$/)
    expect(paid.receipt_number).toBe(charge?.receipt_number)
    const page = await visit(String(charge?.receipt_url))
    expect(page.text).toContain(`Receipt number ${charge?.receipt_number}`)
    expect(page.text).toContain('Visa ending in 4242')
    const pdf = await download(`${page.url.split('?')[0]}/pdf`)
    expect([pdf.type, pdf.name]).toEqual(['application/pdf', `Receipt-${charge?.receipt_number}.pdf`])
    const { text } = readPdf(pdf.bytes)
    expect(text).toContain(String(open.number))
    expect(text).toContain('$20.00 USD paid on')
    const hosted = await visit(String(open.hosted_invoice_url))
    expect(hosted.text).toContain('Download receipt')
  })

  test('is not to be had for a failed charge, nor with a guessed link', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    await submit(await visit(String(invoice.hosted_invoice_url)), { ...card, number: '4000 0000 0000 0002' })
    const { data } = await stripe.charges.list({ customer: String(invoice.customer) })
    expect(data[0]?.receipt_url).toBeNull()
    const { id: account } = await stripe.accounts.retrieveCurrent()
    const guessed = `${sandbox.url}/receipts/${account}/${data[0]?.id}/test_guessed`
    expect((await visit(guessed)).status).toBe(404)
  })
})

describe('a credit note', () => {
  test('has a PDF, and stands on the page of its invoice', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 500, memo: 'Damaged goods' })
    const pdf = await download(note.pdf)
    expect(pdf.name).toBe(`Credit note-${note.number}.pdf`)
    const { text } = readPdf(pdf.bytes)
    for (const part of [note.number, String(invoice.number), '$5.00 USD credited on', 'Damaged goods']) {
      expect(text).toContain(part)
    }
    const page = await visit(String(invoice.hosted_invoice_url))
    expect(page.text).toContain(`Credit note ${note.number} -$5.00 Amount due $15.00`)
    expect(page.text).toContain(`Credit notes ${note.number}`)
    await stripe.creditNotes.voidCreditNote(note.id)
    expect(readPdf((await download(note.pdf)).bytes).text).toContain('This credit note is void')
    expect((await visit(page.url)).text).toContain('Amount due $20.00')
  })
})

describe('sums', () => {
  test('show discounts, taxes and shipping, on the page and on paper', async () => {
    const { stripe } = sandbox
    const coupon = await stripe.coupons.create({ name: 'Spring sale', percent_off: 10 })
    const rate = await stripe.taxRates.create({
      display_name: 'VAT',
      jurisdiction: 'Germany',
      inclusive: false,
      percentage: 19,
    })
    const { id } = await customer(stripe, {
      address: { country: 'DE', line1: 'Torstraße 140', postal_code: '10119', city: 'Berlin' },
      tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
    const invoice = await openInvoice(stripe, {
      customer: id,
      amounts: [10_000],
      discounts: [{ coupon: coupon.id }],
      default_tax_rates: [rate.id],
      shipping_cost: {
        shipping_rate_data: { display_name: 'Courier', fixed_amount: { amount: 500, currency: 'usd' } },
      },
    })
    const { text } = await visit(String(invoice.hosted_invoice_url))
    expect(invoice.total).toBe(9000 + 1710 + 500 + 95)
    expect(text).toContain('Subtotal $100.00 Spring sale (10% off) -$10.00 Shipping (Courier) $5.00')
    expect(text).toContain('Total excluding tax $95.00 VAT – Germany (19% on $95.00) $18.05 Total $113.05')
    expect(text).toContain('Tax 19%')
    expect(text).toContain('DE VAT DE123456789')
    const printed = readPdf((await download(String(invoice.invoice_pdf))).bytes)
    for (const part of [
      'Spring sale (10% off)',
      'VAT – Germany (19% on $95.00)',
      '$113.05 USD',
      '10119 Berlin',
    ]) {
      expect(printed.text).toContain(part)
    }
    expect(printed.raw).toContain('/MediaBox [0 0 595.28 841.89]')
  })

  test('of a reverse charge name it', async () => {
    const { id } = await customer(sandbox.stripe, { tax_exempt: 'reverse' })
    const invoice = await openInvoice(sandbox.stripe, { customer: id })
    const { text } = await visit(String(invoice.hosted_invoice_url))
    expect(text).toContain('Tax to be paid on reverse charge basis')
  })
})

describe('the language', () => {
  test.each(languageCodes)(
    'of a customer who prefers %s is spoken on page, paper and in mails',
    async (code) => {
      const { words } = chooseLanguage([code])
      const { id } = await customer(sandbox.stripe, { preferred_locales: ['xx', code] })
      const invoice = await openInvoice(sandbox.stripe, { customer: id })
      await sandbox.stripe.invoices.sendInvoice(invoice.id)
      const page = await visit(String(invoice.hosted_invoice_url), undefined, { 'accept-language': 'en' })
      expect(page.html).toContain(`<html lang="${code}">`)
      expect(page.text).toContain(words.payByCard)
      const declined = await submit(page, { ...card, number: '4000 0000 0000 0002' })
      expect(declined.text).toContain(words.errors.card_declined)
      const { bytes } = await download(String(invoice.invoice_pdf))
      expect(readPdf(bytes).raw).toContain(`/Lang (${code})`)
      const [mail] = await mailsOf(invoice.id)
      expect(mail).toMatchObject({ language: code, subject: expect.stringContaining(String(invoice.number)) })
      expect(mail?.text).toContain(words.mails.invoice.button)
    },
  )

  test('of the browser counts for a customer who has not said any', async () => {
    const invoice = await openInvoice(sandbox.stripe)
    const url = String(invoice.hosted_invoice_url)
    const german = await visit(url, undefined, { 'accept-language': 'zh, de-AT;q=0.9, en;q=0.8' })
    expect(german.html).toContain('<html lang="de-AT">')
    expect(german.text).toContain('Mit Karte bezahlen')
    expect((await visit(`${url.split('?')[0]}x`, undefined, { 'accept-language': 'fr' })).text).toContain(
      'Facture introuvable',
    )
  })
})
