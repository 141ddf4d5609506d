import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import type pg from 'pg'
import type Stripe from 'stripe'
import type { Role } from '@/lib/domain/access'

/** A name that no other test uses: `Acme 3f2a91`. */
export const unique = (name: string) => `${name} ${randomUUID().slice(0, 6)}`

export type Arrange = ReturnType<typeof arrangeIn>

/** Makes what a journey begins with, in Stripe as another program would, and waits until the desk knows of it. */
export function arrangeIn(stripe: Stripe, database: pg.Pool) {
  async function isMirrored(table: 'customers' | 'prices' | 'products', id: string): Promise<void> {
    const rowCount = async () => (await database.query(`select 1 from ${table} where id = $1`, [id])).rowCount
    await expect.poll(rowCount, { message: `${id} in the mirror` }).toBe(1)
  }

  const arrange = {
    /** Somebody else with the password of the demo people, whose session or rights a test may take away. */
    async person(role: Role): Promise<string> {
      const email = `${randomUUID()}@duebook.test`
      await database.query(
        `insert into users (id, email, name, role, password_hash)
         select gen_random_uuid(), $1, 'Nina New', $2::role, password_hash from users where email = $3`,
        [email, role, 'biller@duebook.test'],
      )
      return email
    },

    async customer(facts: Stripe.CustomerCreateParams = {}) {
      const customer = await stripe.customers.create({
        name: unique('Acme'),
        email: 'ap@acme.example',
        ...facts,
      })
      await isMirrored('customers', customer.id)
      return customer
    },

    async price(name: string, unitAmount: number, currency = 'usd') {
      const product = await stripe.products.create({ name })
      const price = await stripe.prices.create({ product: product.id, currency, unit_amount: unitAmount })
      await isMirrored('products', product.id)
      await isMirrored('prices', price.id)
      return price
    },

    /** A draft with one line, $100.00 unless said otherwise, that asks for payment within a fortnight. */
    async draft(
      facts: Partial<Stripe.InvoiceCreateParams> = {},
      line: Stripe.InvoiceAddLinesParams.Line = {},
    ) {
      const { id } = await stripe.invoices.create({
        customer: facts.customer ?? (await arrange.customer()).id,
        currency: 'usd',
        collection_method: 'send_invoice',
        days_until_due: 14,
        ...facts,
      })
      const draft = await stripe.invoices.addLines(id, {
        lines: [{ amount: 10_000, description: 'Work', ...line }],
      })
      await arrange.isShownAs(id, 'draft')
      await expect.poll(() => totalOf(id), { message: `the lines of ${id} in the mirror` }).toBe(draft.total)
      return draft
    },

    /** The same, final: it waits to be paid. Nobody was mailed. */
    async open(
      facts: Partial<Stripe.InvoiceCreateParams> = {},
      line: Stripe.InvoiceAddLinesParams.Line = {},
    ) {
      const draft = await arrange.draft(facts, line)
      const invoice = await stripe.invoices.finalizeInvoice(draft.id)
      await arrange.isShownAs(invoice.id, 'open')
      return invoice
    },

    /** The customer pays by card, without a browser. */
    async pay({ id, customer }: Stripe.Invoice) {
      const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: String(customer) })
      return await stripe.invoices.pay(id, { payment_method: method.id })
    },

    /** Waits until the mirror, which every screen shows, has the invoice in this status. */
    async isShownAs(id: string, status: Stripe.Invoice.Status): Promise<void> {
      const statusOf = async () =>
        (await database.query('select status from invoices where id = $1', [id])).rows[0]?.status
      await expect.poll(statusOf, { message: `status of ${id} in the mirror` }).toBe(status)
    },
  }

  async function totalOf(id: string): Promise<number> {
    const { rows } = await database.query('select total::int from invoices where id = $1', [id])
    return rows[0]?.total
  }

  return arrange
}
