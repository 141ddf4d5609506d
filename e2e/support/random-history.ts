import Stripe from 'stripe'
import type { Chance } from './chance'

/* What people and customers do at Stripe, at random. Steps that Stripe refuses are part of the history too. */

type World = {
  stripe: Stripe
  chance: Chance
  customers: string[]
  invoices: string[]
  coupons: string[]
  rates: string[]
}
type Step = (world: World) => Promise<unknown>

const anyInvoice = ({ chance, invoices }: World) => chance.oneOf(invoices)
const anyCustomer = ({ chance, customers }: World) => chance.oneOf(customers)

const beginnings: Step[] = [newCustomer, newCustomer, newCoupon, newRate, newInvoice]

const steps: [weight: number, step: Step][] = [
  [2, newCustomer],
  [10, newInvoice],
  [6, addLine],
  [10, (world) => world.stripe.invoices.finalizeInvoice(anyInvoice(world))],
  [4, (world) => world.stripe.invoices.sendInvoice(anyInvoice(world))],
  [4, (world) => world.stripe.invoices.pay(anyInvoice(world), { paid_out_of_band: true })],
  [6, (world) => payByCard(world, 'pm_card_visa')],
  [3, (world) => payByCard(world, 'pm_card_chargeCustomerFail')],
  [2, (world) => world.stripe.invoices.voidInvoice(anyInvoice(world))],
  [2, (world) => world.stripe.invoices.markUncollectible(anyInvoice(world))],
  [1, (world) => world.stripe.invoices.del(anyInvoice(world))],
  [4, credit],
  [2, voidCredit],
  [2, refund],
  [
    3,
    (world) =>
      world.stripe.invoices.update(anyInvoice(world), { description: `note ${world.chance.whole(99)}` }),
  ],
  [
    3,
    (world) => world.stripe.customers.update(anyCustomer(world), { name: `Name ${world.chance.whole(99)}` }),
  ],
  [2, moveBalance],
  [
    1,
    (world) =>
      world.stripe.customers.createTaxId(anyCustomer(world), { type: 'eu_vat', value: 'DE123456789' }),
  ],
  [
    1,
    (world) =>
      world.stripe.taxRates.update(world.chance.oneOf(world.rates), {
        description: `${world.chance.whole(9)}`,
      }),
  ],
  [1, newCoupon],
]

export function beginHistory(stripe: Stripe, chance: Chance): { step(): Promise<void>; invoices: string[] } {
  const world: World = { stripe, chance, customers: [], invoices: [], coupons: [], rates: [] }
  const drawn = steps.flatMap(([weight, step]) => Array<Step>(weight).fill(step))
  let taken = 0
  return {
    invoices: world.invoices,
    step: async () => {
      const step = beginnings[taken] ?? chance.oneOf(drawn)
      taken += 1
      try {
        await step(world)
      } catch (error) {
        if (!isRefusal(error)) throw error
      }
    },
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError
  )
}

async function newCustomer({ stripe, chance, customers }: World) {
  const number = chance.whole(10_000)
  const { id } = await stripe.customers.create({
    name: `Customer ${number}`,
    email: `c${number}@example.com`,
  })
  customers.push(id)
}

async function newCoupon({ stripe, chance, coupons }: World) {
  const { id } = await stripe.coupons.create({ percent_off: 1 + chance.whole(50), duration: 'once' })
  coupons.push(id)
}

async function newRate({ stripe, chance, rates }: World) {
  const { id } = await stripe.taxRates.create({
    display_name: 'VAT',
    percentage: chance.whole(25),
    inclusive: chance.happens(0.3),
  })
  rates.push(id)
}

async function newInvoice(world: World) {
  const { stripe, chance, invoices } = world
  const customer = anyCustomer(world)
  const { id } = await stripe.invoices.create({
    customer,
    currency: 'eur',
    collection_method: 'send_invoice',
    days_until_due: 1 + chance.whole(30),
    auto_advance: chance.happens(0.3),
    ...(chance.happens(0.3) && { default_tax_rates: [chance.oneOf(world.rates)] }),
    ...(chance.happens(0.3) && { discounts: [{ coupon: chance.oneOf(world.coupons) }] }),
  })
  invoices.push(id)
  const lines = chance.happens(0.1) ? 12 : 1 + chance.whole(3)
  for (let line = 0; line < lines; line += 1) {
    await stripe.invoiceItems.create({
      customer,
      invoice: id,
      amount: 100 + chance.whole(9_000),
      currency: 'eur',
    })
  }
}

async function addLine(world: World) {
  const { customer, id } = await world.stripe.invoices.retrieve(anyInvoice(world))
  const amount = 100 + world.chance.whole(900)
  await world.stripe.invoiceItems.create({
    customer: customer as string,
    invoice: id,
    amount,
    currency: 'eur',
  })
}

async function payByCard(world: World, card: string) {
  const { customer, id } = await world.stripe.invoices.retrieve(anyInvoice(world))
  const method = await world.stripe.paymentMethods.attach(card, { customer: customer as string })
  await world.stripe.invoices.pay(id, { payment_method: method.id })
}

async function credit(world: World) {
  const { id, status, total } = await world.stripe.invoices.retrieve(anyInvoice(world))
  const amount = 1 + world.chance.whole(Math.max(1, total))
  const outOfBand = status === 'paid' ? { out_of_band_amount: amount } : {}
  await world.stripe.creditNotes.create({ invoice: id, amount, ...outOfBand })
}

async function voidCredit({ stripe, chance }: World) {
  const { data } = await stripe.creditNotes.list({ limit: 20 })
  if (data.length > 0) await stripe.creditNotes.voidCreditNote(chance.oneOf(data).id)
}

async function refund({ stripe, chance }: World) {
  const { data } = await stripe.charges.list({ limit: 20 })
  if (data.length > 0)
    await stripe.refunds.create({ charge: chance.oneOf(data).id, amount: 1 + chance.whole(200) })
}

async function moveBalance(world: World) {
  const amount = world.chance.whole(2_000) - 1_000
  await world.stripe.customers.createBalanceTransaction(anyCustomer(world), { amount, currency: 'eur' })
}
