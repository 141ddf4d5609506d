import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { divergences } from '@/e2e/support/divergences'
import { allEvents, deliver, settle } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'

useTestDatabase()
const sandbox = useTestSandbox()

let known = 0
/** Hands over what happened since the last time, newest first, and mirrors it. */
async function catchUp(): Promise<void> {
  const events = (await allEvents(sandbox.stripe)).slice(known)
  known += events.length
  await deliver(...events.reverse())
  await settle()
  expect(await db().syncObject.findMany({ where: { attempts: { gt: 0 } } })).toEqual([])
}

async function newCustomer(): Promise<string> {
  const { id } = await sandbox.stripe.customers.create({
    name: 'Müller AG',
    email: 'billing@mueller.example',
    phone: '+49 30 1234',
    tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
  })
  return id
}

async function withCard(customer: string): Promise<string> {
  const { id } = await sandbox.stripe.paymentMethods.attach('pm_card_visa', { customer })
  await sandbox.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } })
  return id
}

type Extra = Partial<Stripe.InvoiceCreateParams>
async function openInvoice(customer: string, lines: number, extra: Extra = {}): Promise<Stripe.Invoice> {
  const base = { customer, currency: 'eur', collection_method: 'send_invoice', days_until_due: 14 } as const
  const { id } = await sandbox.stripe.invoices.create({ ...base, ...extra })
  for (let line = 1; line <= lines; line += 1) {
    await sandbox.stripe.invoiceItems.create({ customer, invoice: id, amount: 1_000 + line, currency: 'eur' })
  }
  return await sandbox.stripe.invoices.finalizeInvoice(id)
}

const isEqual = async () => expect((await divergences(sandbox.stripe)).divergent).toEqual([])

describe('customers', () => {
  it('have their tax ids, their ledger and the card that pays, as they are after each change', async () => {
    const id = await newCustomer()
    await sandbox.stripe.customers.createTaxId(id, { type: 'us_ein', value: '12-3456789' })
    await sandbox.stripe.customers.createBalanceTransaction(id, { amount: -500, currency: 'eur' })
    await sandbox.stripe.customers.createBalanceTransaction(id, { amount: 200, currency: 'eur' })
    const method = await withCard(id)
    await catchUp()
    await isEqual()
    expect(await db().customer.findUnique({ where: { id } })).toMatchObject({
      phone: '+49 30 1234',
      balance: -300n,
      paymentMethodId: method,
      paymentMethodType: 'card',
      paymentMethodBrand: 'visa',
      paymentMethodLast4: '4242',
      paymentMethodExpYear: expect.any(Number),
    })
    const ledger = await db().customerBalanceTransaction.findMany({
      where: { customerId: id },
      orderBy: { position: 'asc' },
    })
    expect(ledger.map(({ amount, endingBalance }) => [amount, endingBalance])).toEqual([
      [200n, -300n],
      [-500n, -500n],
    ])

    const [taxId] = await db().customerTaxId.findMany({ where: { customerId: id, type: 'us_ein' } })
    if (taxId === undefined) throw new Error('it was just mirrored')
    await sandbox.stripe.customers.deleteTaxId(id, taxId.id)
    await sandbox.stripe.paymentMethods.detach(method)
    await catchUp()
    await isEqual()
    expect(await db().customerTaxId.count({ where: { customerId: id } })).toBe(1)
    expect((await db().customer.findUniqueOrThrow({ where: { id } })).paymentMethodId).toBeNull()
  })
})

describe('discounts and taxes', () => {
  it('are mirrored, changed and entombed with Stripe', async () => {
    const { stripe } = sandbox
    const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: 'forever', name: 'Loyal' })
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'LOYAL',
    })
    const rate = await stripe.taxRates.create({
      display_name: 'USt',
      percentage: 19,
      inclusive: false,
      country: 'DE',
    })
    await catchUp()
    await isEqual()
    expect((await db().coupon.findUniqueOrThrow({ where: { id: coupon.id } })).percentOff?.toString()).toBe(
      '12.5',
    )
    expect(await db().promotionCode.findUnique({ where: { id: code.id } })).toMatchObject({
      code: 'LOYAL',
      couponId: coupon.id,
      isActive: true,
    })
    expect((await db().taxRate.findUniqueOrThrow({ where: { id: rate.id } })).percentage.toString()).toBe(
      '19',
    )

    await stripe.taxRates.update(rate.id, { active: false })
    await stripe.promotionCodes.update(code.id, { active: false })
    await stripe.coupons.del(coupon.id)
    await catchUp()
    await isEqual()
    expect(await db().coupon.findUnique({ where: { id: coupon.id } })).toMatchObject({
      name: 'Loyal',
      deletedAt: expect.any(Date),
    })
  })
})

describe('invoices', () => {
  it('show discount, tax, the charge that paid, its refund, and their credit notes with all lines', async () => {
    const { stripe } = sandbox
    const customer = await newCustomer()
    const method = await withCard(customer)
    const rate = await stripe.taxRates.create({ display_name: 'USt', percentage: 19, inclusive: false })
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' })
    const extra = { default_tax_rates: [rate.id], discounts: [{ coupon: coupon.id }] }
    const { id } = await openInvoice(customer, 23, extra)
    await stripe.invoices.pay(id, { payment_method: method })
    const lines = await stripe.invoices.listLineItems(id, { limit: 100 })
    const credited = lines.data.slice(0, 12).map((line) => ({
      type: 'invoice_line_item' as const,
      invoice_line_item: line.id,
      quantity: 1,
    }))
    const preview = await stripe.creditNotes.preview({ invoice: id, lines: credited })
    const note = await stripe.creditNotes.create({
      invoice: id,
      lines: credited,
      refund_amount: preview.total,
    })
    await catchUp()
    await isEqual()

    const row = await db().invoice.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({
      status: 'paid',
      lineCount: 23,
      postPaymentCreditNotesAmount: BigInt(note.total),
    })
    expect(row.total).toBe(row.subtotal - row.totalDiscount + row.totalTax)
    expect(await db().creditNoteLine.count({ where: { creditNoteId: note.id } })).toBe(12)
    const [payment] = await db().invoicePayment.findMany({ where: { invoiceId: id } })
    const charge = await db().charge.findFirstOrThrow({
      where: { paymentIntentId: payment?.paymentId ?? '' },
    })
    expect(charge).toMatchObject({
      status: 'succeeded',
      paymentMethodBrand: 'visa',
      paymentMethodLast4: '4242',
      amountRefunded: BigInt(note.total),
    })
    expect(await db().refund.findMany({ where: { chargeId: charge.id } })).toMatchObject([
      { amount: BigInt(note.total), status: 'succeeded' },
    ])
  })

  it('lose a voided credit note from their sums, and payments of no invoice leave no trace', async () => {
    const { stripe } = sandbox
    const { id } = await openInvoice(await newCustomer(), 1)
    const note = await stripe.creditNotes.create({ invoice: id, amount: 300, reason: 'duplicate' })
    await catchUp()
    expect((await db().invoice.findUniqueOrThrow({ where: { id } })).prePaymentCreditNotesAmount).toBe(300n)
    await stripe.creditNotes.voidCreditNote(note.id)
    await stripe.paymentIntents.create({
      amount: 700,
      currency: 'eur',
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    const before = await db().charge.count()
    await catchUp()
    await isEqual()
    expect(await db().creditNote.findUnique({ where: { id: note.id } })).toMatchObject({ status: 'void' })
    expect(await db().charge.count()).toBe(before)
    expect(await db().stripeEvent.count({ where: { type: 'charge.succeeded', state: 'ignored' } })).toBe(1)
  })
})

describe('what happened', () => {
  it('is kept once for each object and transition, whatever is told again', async () => {
    const { stripe } = sandbox
    const { id } = await openInvoice(await newCustomer(), 1)
    await stripe.invoices.sendInvoice(id)
    const note = await stripe.creditNotes.create({ invoice: id, amount: 100 })
    await stripe.invoices.markUncollectible(id)
    await stripe.invoices.pay(id, { paid_out_of_band: true })
    await catchUp()
    known = 0
    await catchUp()
    const of = async (objectId: string) =>
      (await db().transition.findMany({ where: { objectId }, orderBy: { transition: 'asc' } })).map(
        ({ transition }) => transition,
      )
    expect(await of(id)).toEqual(['finalized', 'marked_uncollectible', 'paid', 'sent'])
    expect(await of(note.id)).toEqual(['issued'])
    const paid = await stripe.invoices.retrieve(id)
    expect(await db().transition.findFirst({ where: { objectId: id, transition: 'paid' } })).toMatchObject({
      happenedAt: new Date((paid.status_transitions.paid_at ?? 0) * 1000),
      isOld: false,
    })
  })

  it('before this mirror began is old news', async () => {
    const { id } = await openInvoice(await newCustomer(), 1)
    await db().syncStatus.create({ data: { id: 1, mirrorsSince: new Date(Date.now() + 60_000) } })
    await catchUp()
    expect(await db().transition.findMany({ where: { objectId: id } })).toMatchObject([
      { transition: 'finalized', isOld: true },
    ])
  })
})
