import type Stripe from 'stripe'

type CustomerParams = Stripe.CustomerCreateParams
type InvoiceParams = Stripe.InvoiceCreateParams

export function customer(stripe: Stripe, params: CustomerParams = {}): Promise<Stripe.Customer> {
  return stripe.customers.create({ name: 'Lumen Labs', email: 'accounts@lumen.example', ...params })
}

/** A customer whose card is saved and used without being named. */
export async function customerWithCard(stripe: Stripe, token = 'pm_card_visa'): Promise<Stripe.Customer> {
  const { id } = await customer(stripe)
  const method = await stripe.paymentMethods.attach(token, { customer: id })
  return stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
}

export type DraftOptions = InvoiceParams & { amounts?: number[] }

/** A draft with one line per amount, by default one of 2,000; in US dollars and due in 30 days unless told. */
export async function draft(stripe: Stripe, options: DraftOptions = {}): Promise<Stripe.Invoice> {
  const { amounts = [2000], ...params } = options
  const customerId = params.customer ?? (await customer(stripe)).id
  const isSent = params.collection_method !== 'charge_automatically'
  const { id } = await stripe.invoices.create({
    customer: customerId,
    currency: 'usd',
    ...(isSent && { collection_method: 'send_invoice', days_until_due: 30 }),
    ...params,
  })
  for (const amount of amounts) {
    await stripe.invoiceItems.create({
      customer: customerId,
      invoice: id,
      amount,
      currency: params.currency ?? 'usd',
      description: `Line of ${amount}`,
    })
  }
  return stripe.invoices.retrieve(id)
}

export async function openInvoice(stripe: Stripe, options: DraftOptions = {}): Promise<Stripe.Invoice> {
  const { id } = await draft(stripe, options)
  return stripe.invoices.finalizeInvoice(id)
}

/** The id of what may have been expanded. */
export function idOf(reference: string | { id: string } | null | undefined): string {
  if (!reference) throw new Error('There is no reference')
  return typeof reference === 'string' ? reference : reference.id
}

/** The first of some. @throws when there is none */
export function first<T>(items: readonly T[]): T {
  const [item] = items
  if (item === undefined) throw new Error('There is none')
  return item
}

/** An intent of the caller's own, by default of 2,000 US dollar cents. */
export function paymentIntent(
  stripe: Stripe,
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({ amount: 2000, currency: 'usd', ...params })
}

/** The PaymentIntent that Stripe made for an invoice when it was finalized. */
export async function intentOf(stripe: Stripe, invoiceId: string): Promise<Stripe.PaymentIntent> {
  const { data } = await stripe.invoicePayments.list({ invoice: invoiceId })
  const own = data.find((payment) => payment.is_default)
  return stripe.paymentIntents.retrieve(idOf(own?.payment.payment_intent))
}

/** The types of the events that concern an object, since its creation and in the order in which they were made. */
export async function eventTypes(stripe: Stripe, objectId: string, family = ''): Promise<string[]> {
  const types: string[] = []
  for await (const { type, data } of stripe.events.list({ limit: 100 })) {
    const isOwn = 'id' in data.object && data.object.id === objectId
    const concerns = isOwn || JSON.stringify(data.object).includes(`"${objectId}"`)
    if (concerns && type.startsWith(family)) types.unshift(type)
    if (isOwn && type.endsWith('.created')) break
  }
  return types
}
