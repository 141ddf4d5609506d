import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { noSuch } from '@/sandbox/http/errors'
import { type Customer, type CustomerRecord, changeCustomer } from '@/sandbox/resources/customer-record'
import type { CardMethod, PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'
import type { Wire, WireList } from '@/sandbox/wire'

type Card = Wire<Stripe.Card>

const brandNames: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'MasterCard',
  unionpay: 'UnionPay',
  visa: 'Visa',
}

/** A card that was saved the old way: a payment method like any other, whose id says so. */
function isSource(method: PaymentMethodRecord): method is CardMethod {
  return method.type === 'card' && method.id.startsWith('card_')
}

/** The same row as the payment method's, in the older words. */
export function serializeSource(_ctx: Ctx, { card, billing_details, ...method }: CardMethod) {
  const { address, name } = billing_details
  return {
    id: method.id,
    object: 'card',
    address_city: address?.city ?? null,
    address_country: address?.country ?? null,
    address_line1: address?.line1 ?? null,
    address_line1_check: card.checks?.address_line1_check ?? null,
    address_line2: address?.line2 ?? null,
    address_state: address?.state ?? null,
    address_zip: address?.postal_code ?? null,
    address_zip_check: card.checks?.address_postal_code_check ?? null,
    brand: brandNames[card.brand] ?? card.brand,
    country: card.country,
    customer: method.customer,
    cvc_check: card.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    last4: card.last4,
    metadata: method.metadata,
    name,
    regulated_status: card.regulated_status,
    tokenization_method: null,
  } satisfies Card
}

export function showSource(ctx: Ctx, id: string): object {
  const method = referred(ctx, 'paymentMethods', id)
  if (!isSource(method)) throw new Error(`${id} is no source`)
  return serializeSource(ctx, method)
}

/** A customer's, newest first. */
export function sourcesOf(ctx: Ctx, customer: string): CardMethod[] {
  return ctx.store.table('paymentMethods').by('customer', customer).filter(isSource).reverse()
}

/** The list that a customer shows when asked to. */
export function sourceListOf(ctx: Ctx, customer: string): WireList<Card> {
  const sources = sourcesOf(ctx, customer)
  return {
    object: 'list',
    data: sources.slice(0, 10).map((source) => serializeSource(ctx, source)),
    has_more: sources.length > 10,
    url: `/v1/customers/${customer}/sources`,
  }
}

/** @throws StripeError resource_missing unless the source belongs to this customer */
export function sourceOfCustomer(
  ctx: Ctx,
  id: string,
  customer: string,
  param: string,
  status: 400 | 404 = 400,
): CardMethod {
  const method = ctx.store.get('paymentMethods', id)
  if (method?.customer !== customer || !isSource(method)) throw noSuch('source', id, param, status)
  return method
}

/** A method that a customer has lost is no default any more; of sources the newest one left takes its place. */
export function forgetDefault(ctx: Ctx, customer: CustomerRecord, methodId: string): void {
  const { default_source: source, invoice_settings: settings } = customer
  const kept = (id: Customer['invoice_settings']['default_payment_method']) => (id === methodId ? null : id)
  changeCustomer(ctx, customer, {
    default_source: source === methodId ? (sourcesOf(ctx, customer.id)[0]?.id ?? null) : source,
    invoice_settings: { ...settings, default_payment_method: kept(settings.default_payment_method) },
  })
}
