import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerOf, billingIn, errorOf, personOf } from '@/e2e/support/billing'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import { refresh } from '@/lib/sync/refresh'
import { copyShareLink } from './copy-share-link'
import { findPublicInvoice } from './find-public-invoice'
import { freshPaymentUrl, freshPdfUrl, isStripes } from './fresh-stripe-page'
import { revokeShareLink } from './revoke-share-link'
import { hashOf, newSeed, tokenOf } from './share-token'

useTestDatabase()
const sandbox = useTestSandbox()
const billing = billingIn(sandbox)
const ctx = personOf('biller')

async function openInvoice(): Promise<string> {
  const id = await billing.draft()
  await sandbox.stripe.invoices.finalizeInvoice(id)
  await refresh('invoice', id)
  return id
}

const input = (invoiceId: string) => ({ operationId: randomUUID(), invoiceId })
const copy = async (invoiceId: string) => answerOf(await copyShareLink(ctx, input(invoiceId))).url
const tokenIn = (url: string) => url.split('/').at(-1) ?? ''
const link = async (invoiceId: string) => tokenIn(await copy(invoiceId))

async function shown(token: string) {
  const found = await findPublicInvoice(token)
  if (!found || 'revoked' in found) throw new Error('nothing is shown')
  return found.invoice
}

let invoiceId: string
beforeEach(async () => {
  invoiceId = await openInvoice()
})
afterEach(() => billing.calm())

describe('the life of a link', () => {
  it('is the same however often it is copied, by whomever', async () => {
    const url = await copy(invoiceId)
    expect(url).toMatch(/^http:\/\/localhost:3000\/i\/[A-Za-z0-9_-]{43}$/)
    expect(await copy(invoiceId)).toBe(url)
    expect(answerOf(await copyShareLink(personOf('admin', 'Ada'), input(invoiceId))).url).toBe(url)
    expect(await db().shareLink.count({ where: { invoiceId } })).toBe(1)
  })

  it('is one link also when ten copy it at once', async () => {
    const urls = await Promise.all(Array.from({ length: 10 }, () => copy(invoiceId)))
    expect(new Set(urls).size).toBe(1)
    expect(await db().shareLink.count({ where: { invoiceId } })).toBe(1)
  })

  it('cannot be told from anything that the database holds', async () => {
    const token = await link(invoiceId)
    const stored = JSON.stringify([
      await db().shareLink.findMany(),
      await db().operation.findMany({ where: { objectId: invoiceId } }),
    ])
    expect(stored).toContain(hashOf(token))
    expect(stored).not.toContain(token)
  })

  it('ends with its revocation, and copying makes another one', async () => {
    const token = await link(invoiceId)
    expect(answerOf(await revokeShareLink(ctx, input(invoiceId)))).toEqual({ revoked: 1 })
    expect(await findPublicInvoice(token)).toEqual({ revoked: true })
    expect(await freshPaymentUrl(token)).toBeNull()
    expect(await freshPdfUrl(token)).toBeNull()
    const next = await link(invoiceId)
    expect(next).not.toBe(token)
    expect(await shown(next)).toMatchObject({ state: 'open' })
    expect(await findPublicInvoice(token)).toEqual({ revoked: true })
  })

  it('cannot be revoked where there is none', async () => {
    expect(errorOf(await revokeShareLink(ctx, input(invoiceId))).code).toBe('not_found')
  })

  it('is made anew when the server’s secret has changed, and the old one ends with the next copy', async () => {
    const seed = newSeed()
    const ofAnotherSecret = tokenOf(seed).split('').toReversed().join('')
    await db().shareLink.create({
      data: { invoiceId, seed, tokenHash: hashOf(ofAnotherSecret), createdBy: ctx.actor.id },
    })
    expect(await shown(ofAnotherSecret)).toMatchObject({ state: 'open' })
    const token = await link(invoiceId)
    expect(await shown(token)).toMatchObject({ state: 'open' })
    expect(await findPublicInvoice(ofAnotherSecret)).toEqual({ revoked: true })
  })

  it('is not made for invoices that are unknown or gone, nor by people who only read', async () => {
    expect(errorOf(await copyShareLink(ctx, input('in_unknown'))).code).toBe('not_found')
    expect(errorOf(await copyShareLink(personOf('viewer'), input(invoiceId))).code).toBe('forbidden')
    const draft = await billing.draft()
    await refresh('invoice', draft)
    const token = await link(draft)
    await sandbox.stripe.invoices.del(draft)
    await refresh('invoice', draft)
    expect(errorOf(await copyShareLink(ctx, input(draft))).code).toBe('not_found')
    expect(await findPublicInvoice(token)).toBeNull()
    expect(await freshPaymentUrl(token)).toBeNull()
  })

  it('is unknown whatever else somebody tries', async () => {
    const token = await link(invoiceId)
    const other = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`
    for (const text of [
      other,
      '',
      invoiceId,
      `${token}x`,
      token.slice(1),
      "' or 1=1 --",
      '\u0000'.repeat(43),
    ]) {
      expect(await findPublicInvoice(text)).toBeNull()
      expect(await freshPaymentUrl(text)).toBeNull()
    }
  })
})

describe('what a customer sees', () => {
  const allowed = [
    'amountDue',
    'amountPaid',
    'amountRemaining',
    'balanceApplied',
    'canPay',
    'currency',
    'customerName',
    'dueOn',
    'footer',
    'hasPdf',
    'issuedOn',
    'lines',
    'memo',
    'number',
    'paidOn',
    'sellerName',
    'state',
    'subtotal',
    'total',
  ]

  it('is only what concerns them', async () => {
    const invoice = await shown(await link(invoiceId))
    expect(Object.keys(invoice).toSorted()).toEqual(allowed)
    expect(Object.keys(invoice.lines[0] ?? {}).toSorted()).toEqual([
      'amount',
      'description',
      'quantity',
      'unitAmountDecimal',
    ])
    expect(JSON.stringify(invoice)).not.toMatch(
      /(in|il|cus|price|prod|pi|req)_[A-Za-z0-9]{8}|duebook|ap@acme/,
    )
    expect(invoice).toMatchObject({
      state: 'open',
      customerName: 'Acme',
      total: 10_000,
      amountRemaining: 10_000,
      canPay: true,
      hasPdf: true,
      lines: [{ description: 'Work', quantity: '1', amount: 10_000, unitAmountDecimal: '10000' }],
    })
  })

  it('is nothing of a draft but that it is not ready', async () => {
    const draft = await billing.draft({ description: 'secret terms' })
    await refresh('invoice', draft)
    const invoice = await shown(await link(draft))
    expect(invoice).toMatchObject({ state: 'not_yet', total: 0, lines: [], canPay: false, hasPdf: false })
    expect(Object.keys(invoice).toSorted()).toEqual(allowed)
    expect(JSON.stringify(invoice)).not.toContain('secret terms')
  })

  it('follows the invoice to its end', async () => {
    const token = await link(invoiceId)
    await sandbox.stripe.invoices.markUncollectible(invoiceId)
    await refresh('invoice', invoiceId)
    expect(await shown(token)).toMatchObject({ state: 'uncollectible', canPay: true })
    await billing.payByCard(invoiceId)
    await refresh('invoice', invoiceId)
    expect(await shown(token)).toMatchObject({ state: 'paid', canPay: false, amountRemaining: 0 })
    expect((await shown(token)).paidOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('says that a void invoice is not to be paid', async () => {
    const token = await link(invoiceId)
    await sandbox.stripe.invoices.voidInvoice(invoiceId)
    await refresh('invoice', invoiceId)
    expect(await shown(token)).toMatchObject({ state: 'void', canPay: false, hasPdf: true })
  })
})

describe('the click on Pay', () => {
  it('leads to the page that Stripe names at this moment', async () => {
    const token = await link(invoiceId)
    const { hosted_invoice_url, invoice_pdf } = await sandbox.stripe.invoices.retrieve(invoiceId)
    expect(await freshPaymentUrl(token)).toEqual({ redirect: hosted_invoice_url })
    expect(await freshPdfUrl(token)).toEqual({ redirect: invoice_pdf })
  })

  it('believes Stripe rather than the mirror', async () => {
    const token = await link(invoiceId)
    await billing.payByCard(invoiceId)
    expect(await shown(token)).toMatchObject({ state: 'open' })
    expect(await freshPaymentUrl(token)).toEqual({ refused: 'paid' })
    expect(await freshPdfUrl(token)).toHaveProperty('redirect')
  })

  it('leads nowhere while the invoice is a draft or void', async () => {
    const draft = await billing.draft()
    await refresh('invoice', draft)
    const token = await link(draft)
    expect(await freshPaymentUrl(token)).toEqual({ refused: 'not_yet' })
    expect(await freshPdfUrl(token)).toEqual({ refused: 'not_yet' })
    const other = await link(invoiceId)
    await sandbox.stripe.invoices.voidInvoice(invoiceId)
    expect(await freshPaymentUrl(other)).toEqual({ refused: 'void' })
  })

  it('says that it does not work for now when Stripe cannot be asked', async () => {
    const token = await link(invoiceId)
    const fault = { method: 'GET', path: '/v1/invoices/*', effect: 'reset_before' }
    await sandbox.control('POST', '/_sandbox/faults', fault)
    expect(await freshPaymentUrl(token)).toEqual({ unavailable: true })
  })

  it('sends nobody anywhere but to Stripe, which here is the sandbox', () => {
    expect(isStripes(`${sandbox.baseUrl}/i/acct_1/test_1`)).toBe(true)
    for (const url of [
      'https://evil.example/i/acct_1',
      'https://invoice.stripe.com.evil.example/i/1',
      sandbox.baseUrl.replace('http:', 'https:'),
      `http://user@${new URL(sandbox.baseUrl).host}/`,
      'javascript:alert(1)',
      '//evil.example',
      '',
    ]) {
      expect(isStripes(url), url).toBe(false)
    }
  })
})
