import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import type { Role } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import type { AppError, Result } from '@/lib/domain/result'
import { refresh } from '@/lib/sync/refresh'
import type { TestSandbox } from './test-sandbox'

/** A person of the given role, at this moment. */
export function personOf(role: Role = 'biller', name = 'Bela'): Ctx {
  const actor = { id: randomUUID(), name, email: `${name.toLowerCase()}@duebook.test`, role }
  return { actor, now: new Date(), requestId: randomUUID() }
}

export function answerOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

export function errorOf(result: Result<unknown>): AppError {
  if (result.ok) throw new Error(`it was done: ${JSON.stringify(result.value)}`)
  return result.error
}

/** As the sandbox's ledger has it. */
export type Written = {
  method: string
  path: string
  idempotencyKey: string | null
  status: number
  resultId: string | null
  replayed: boolean
}

/** Arranges objects in Stripe and in the mirror, and looks at what Stripe was asked for. */
export function billingIn(sandbox: TestSandbox) {
  return {
    async customer(facts: Stripe.CustomerCreateParams = {}): Promise<string> {
      const { id } = await sandbox.stripe.customers.create({ name: 'Acme', email: 'ap@acme.test', ...facts })
      await refresh('customer', id)
      return id
    },

    async price(unitAmount: number | string, currency = 'usd', more: Partial<Stripe.PriceCreateParams> = {}) {
      const product = await sandbox.stripe.products.create({ name: 'Consulting' })
      const { id } = await sandbox.stripe.prices.create({
        product: product.id,
        currency,
        unit_amount: Number(unitAmount),
        ...more,
      })
      await refresh('product', product.id)
      await refresh('price', id)
      return { id, productId: product.id }
    },

    /** A draft with one line, asking for payment within a fortnight. */
    async draft(facts: Partial<Stripe.InvoiceCreateParams> = {}, amount: number | null = 10_000) {
      const customer = facts.customer ?? (await this.customer())
      const draft = await sandbox.stripe.invoices.create({
        customer,
        currency: 'usd',
        collection_method: 'send_invoice',
        ...(facts.collection_method !== 'charge_automatically' && { days_until_due: 14 }),
        ...facts,
      })
      if (amount === null) return draft.id
      await sandbox.stripe.invoices.addLines(draft.id, { lines: [{ amount, description: 'Work' }] })
      return draft.id
    },

    /** Money on its way or arrived, by the customer's own doing. */
    async payByCard(invoiceId: string, token = 'pm_card_visa') {
      const { customer } = await sandbox.stripe.invoices.retrieve(invoiceId)
      const method = await sandbox.stripe.paymentMethods.attach(token, { customer: String(customer) })
      return await sandbox.stripe.invoices.pay(invoiceId, { payment_method: method.id })
    },

    /** What a person who has just opened the invoice's page sends. */
    async moveInput(invoiceId: string): Promise<InvoiceMoveInput> {
      const { status, amount_remaining } = await sandbox.stripe.invoices.retrieve(invoiceId)
      const seen = { status: status as InvoiceMoveInput['seen']['status'], amountRemaining: amount_remaining }
      return { operationId: randomUUID(), invoiceId, seen }
    },

    /** The writes that Stripe executed or replayed, oldest first, of which `call` fits `POST /v1/invoices`. */
    async written(call: RegExp): Promise<Written[]> {
      const entries = (await sandbox.control('GET', '/_sandbox/ledger')) as Written[]
      return entries.filter(({ method, path }) => call.test(`${method} ${path}`))
    },

    async mails(invoice: string): Promise<{ to: string; kind: string }[]> {
      const mails = (await sandbox.control('GET', '/_sandbox/mail')) as {
        to: string
        kind: string
        invoice: string
      }[]
      return mails.filter((mail) => mail.invoice === invoice)
    },

    /** What befalls the next writes to `path`, `count` of them or every one until `calm`. */
    async misfortune(
      path: string,
      effect: string,
      more: { count?: number; status?: number; delayMs?: number } = {},
    ) {
      await sandbox.control('POST', '/_sandbox/faults', { method: 'POST', path, effect, ...more })
    },

    async calm() {
      await sandbox.control('DELETE', '/_sandbox/faults')
    },
  }
}
