import type Stripe from 'stripe'
import { type DemoCurrency, type DemoProduct, demoProducts } from './demo-catalog'
import { demoCustomers } from './demo-customers'
import { type DemoInvoice, type DemoLine, type DemoOutcome, demoInvoices } from './demo-invoices'

const daySeconds = 86_400

export type SeedOptions = {
  stripe: Stripe
  /** Unix seconds of the present. */
  now: number
  /** Moves the sandbox's clock, unless it is past that moment already. */
  moveClock(to: number): Promise<void>
}

/**
 * Makes the demo data through the API, as of the days on which it would have happened.
 * Every write has an idempotency key of its own, so that a second run after a crash repeats what is done and adds the rest.
 */
export async function seedStripe({ stripe, now, moveClock }: SeedOptions): Promise<{ invoices: number }> {
  const begin = now - 90 * daySeconds
  await moveClock(begin)
  const prices = await createCatalog(stripe)
  const customers = await createCustomers(stripe)
  const steps = demoInvoices.flatMap((invoice, index) =>
    invoiceSteps({ stripe, invoice, key: `demo-invoice-${index}`, prices, customers }),
  )
  for (const step of steps.sort((a, b) => b.daysAgo - a.daysAgo)) {
    await moveClock(now - step.daysAgo * daySeconds)
    await step.run()
  }
  await moveClock(now)
  return { invoices: demoInvoices.length }
}

/** `product:currency` to price id. */
async function createCatalog(stripe: Stripe): Promise<Map<string, string>> {
  const prices = new Map<string, string>()
  for (const product of demoProducts) await createProduct(stripe, product, prices)
  return prices
}

async function createProduct(stripe: Stripe, demo: DemoProduct, prices: Map<string, string>): Promise<void> {
  const [first, ...others] = Object.entries(demo.prices)
  if (first === undefined) throw new Error(`demo product ${demo.key} has no price`)
  const key = `demo-product-${demo.key}`
  const product = await stripe.products.create(
    {
      name: demo.name,
      description: demo.description,
      default_price_data: { currency: first[0], unit_amount: first[1] },
    },
    { idempotencyKey: key },
  )
  if (typeof product.default_price !== 'string') throw new Error('the new product has no default price')
  prices.set(`${demo.key}:${first[0]}`, product.default_price)
  for (const [currency, amount] of others) {
    const price = await stripe.prices.create(
      { product: product.id, currency, unit_amount: amount },
      { idempotencyKey: `${key}-${currency}` },
    )
    prices.set(`${demo.key}:${currency}`, price.id)
  }
  if (demo.isArchived)
    await stripe.products.update(product.id, { active: false }, { idempotencyKey: `${key}-archive` })
}

type Customers = Map<string, { id: string; currency: DemoCurrency }>

async function createCustomers(stripe: Stripe): Promise<Customers> {
  const customers: Customers = new Map()
  for (const { key, name, email, description, currency } of demoCustomers) {
    const { id } = await stripe.customers.create(
      { name, email, description },
      { idempotencyKey: `demo-customer-${key}` },
    )
    customers.set(key, { id, currency })
  }
  return customers
}

type LaterOutcome = Extract<DemoOutcome, { daysAgo: number }>
type Step = { daysAgo: number; run(): Promise<void> }
type InvoiceContext = {
  stripe: Stripe
  invoice: DemoInvoice
  key: string
  prices: Map<string, string>
  customers: Customers
}

/** Writing the invoice, and what happened to it later, as steps that can be put in order of time. */
function invoiceSteps(context: InvoiceContext): Step[] {
  const { invoice } = context
  const id = { current: '' }
  const write: Step = {
    daysAgo: invoice.daysAgo,
    run: async () => {
      id.current = await writeInvoice(context)
    },
  }
  const { outcome } = invoice
  if (!('daysAgo' in outcome)) return [write]
  return [write, { daysAgo: outcome.daysAgo, run: () => conclude(context, id.current, outcome) }]
}

async function writeInvoice({ stripe, invoice, key, prices, customers }: InvoiceContext): Promise<string> {
  const customer = customers.get(invoice.customer)
  if (customer === undefined) throw new Error(`there is no demo customer ${invoice.customer}`)
  const { id } = await stripe.invoices.create(
    {
      customer: customer.id,
      currency: customer.currency,
      collection_method: 'send_invoice',
      days_until_due: invoice.daysUntilDue,
      auto_advance: false,
      description: invoice.memo,
    },
    { idempotencyKey: key },
  )
  for (const [index, line] of invoice.lines.entries()) {
    await stripe.invoiceItems.create(
      { customer: customer.id, invoice: id, ...lineParams(line, customer.currency, prices) },
      { idempotencyKey: `${key}-line-${index}` },
    )
  }
  const { kind } = invoice.outcome
  if (kind === 'draft') return id
  const options = { idempotencyKey: `${key}-${kind === 'finalized' ? 'finalize' : 'send'}` }
  if (kind === 'finalized' || !hasEmail(invoice)) await stripe.invoices.finalizeInvoice(id, {}, options)
  else await stripe.invoices.sendInvoice(id, {}, options)
  return id
}

const hasEmail = (invoice: DemoInvoice) =>
  demoCustomers.find(({ key }) => key === invoice.customer)?.email !== undefined

function lineParams(line: DemoLine, currency: DemoCurrency, prices: Map<string, string>) {
  if ('description' in line) return { ...line, currency }
  const price = prices.get(`${line.product}:${currency}`)
  if (price === undefined) throw new Error(`${line.product} has no price in ${currency}`)
  return { pricing: { price }, quantity: line.quantity }
}

async function conclude(
  { stripe, key, invoice, customers }: InvoiceContext,
  id: string,
  { kind }: LaterOutcome,
): Promise<void> {
  const options = { idempotencyKey: `${key}-${kind}` }
  const payByCard = async (token: string) => {
    const customer = customers.get(invoice.customer)?.id ?? ''
    const card = await stripe.paymentMethods.attach(token, { customer }, { idempotencyKey: `${key}-card` })
    return await stripe.invoices.pay(id, { payment_method: card.id }, options)
  }
  const conclusions: Record<LaterOutcome['kind'], () => Promise<unknown>> = {
    void: () => stripe.invoices.voidInvoice(id, {}, options),
    uncollectible: () => stripe.invoices.markUncollectible(id, {}, options),
    paid_out_of_band: () => stripe.invoices.pay(id, { paid_out_of_band: true }, options),
    paid_by_card: () => payByCard('pm_card_visa'),
    declined: () => payByCard('pm_card_chargeCustomerFail').catch(ignoreDecline),
  }
  await conclusions[kind]()
}

function ignoreDecline(error: unknown): void {
  if (!(error instanceof Error && 'type' in error && error.type === 'StripeCardError')) throw error
}
