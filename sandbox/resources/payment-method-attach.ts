import { cardByToken, type TestCard } from '@/sandbox/cards'
import { byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import { base62 } from '@/sandbox/ids'
import { type PaymentMethodRecord, serializePaymentMethod } from '@/sandbox/resources/payment-method-record'

type CardDetails = {
  expMonth?: number
  expYear?: number
  cvcCheck?: 'pass' | 'unchecked' | null
  name?: string | null
}

/** A new payment method for a test card, belonging to nobody yet. */
export function createCardMethod(ctx: Ctx, card: TestCard, details: CardDetails = {}): PaymentMethodRecord {
  const method: PaymentMethodRecord = {
    id: ctx.newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: noAddress,
      email: null,
      name: details.name ?? null,
      phone: null,
      tax_id: null,
    },
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: details.cvcCheck ?? 'unchecked',
      },
      country: card.country,
      display_brand: card.brand,
      exp_month: details.expMonth ?? 12,
      exp_year: details.expYear ?? new Date(ctx.now * 1000).getUTCFullYear() + 3,
      fingerprint: base62(card.number, 16),
      funding: card.funding,
      generated_from: null,
      last4: card.last4,
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    cardToken: card.token,
    created: ctx.now,
    customer: null,
    customer_account: null,
    isDetached: false,
    livemode: false,
    metadata: {},
    type: 'card',
  }
  ctx.store.put('paymentMethods', method)
  return method
}

const noAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

/** The test card behind a payment method. */
export function cardOf(method: PaymentMethodRecord): TestCard {
  const card = cardByToken(method.cardToken)
  if (!card) throw new Error(`No test card ${method.cardToken}`)
  return card
}

/** An existing method, or a new one when `id` is a test token such as `pm_card_visa`. @throws StripeError 400 */
export function methodOrToken(ctx: Ctx, id: string, param: string): PaymentMethodRecord {
  const card = cardByToken(id)
  return card ? createCardMethod(ctx, card) : byParam(ctx, 'paymentMethods', id, param)
}

/** @throws StripeError 400 unless the method is attached to this customer */
export function methodOfCustomer(ctx: Ctx, id: string, customer: string, param: string): PaymentMethodRecord {
  const method = ctx.store.get('paymentMethods', id)
  if (method?.customer !== customer) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param },
    )
  }
  return method
}

/**
 * Attaches a method, or a new one made from a test token.
 * @throws StripeError 402 for the cards that decline already here, 400 when it belongs to another customer
 */
export function attachPaymentMethod(
  ctx: Ctx,
  id: string,
  customer: string,
  param: string,
): PaymentMethodRecord {
  const method = methodOrToken(ctx, id, param)
  if (method.customer === customer) return method
  if (method.isDetached) {
    throw invalidRequest(
      'The payment method you provided was detached from a customer and may not be used again.',
      {
        code: 'payment_method_unexpected_state',
        param,
      },
    )
  }
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.', {
      code: 'payment_method_unexpected_state',
      param,
    })
  }
  const outcome = cardOf(method).attach
  if (outcome.kind === 'decline') {
    throw new StripeError(402, {
      type: 'card_error',
      code: outcome.code,
      decline_code: outcome.declineCode,
      message: outcome.message,
    })
  }
  const attached = { ...method, customer }
  ctx.store.put('paymentMethods', attached)
  emit(ctx, 'payment_method.attached', serializePaymentMethod(ctx, attached))
  return attached
}
