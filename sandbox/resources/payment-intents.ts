import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { maximumCharge, minimumCharge } from '@/sandbox/currencies'
import { emit } from '@/sandbox/events'
import {
  currency,
  mergeMetadata,
  metadata,
  range,
  shippingFrom,
  shippingRule,
} from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import {
  bool,
  clearable,
  hash,
  integer,
  list,
  oneOf,
  type Params,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { noteAttempt } from '@/sandbox/resources/invoice-pay'
import { cancelInvoicePayment } from '@/sandbox/resources/invoice-payment-default'
import { attemptPayment, declined, type Session } from '@/sandbox/resources/payment-intent-confirm'
import {
  newPaymentIntent,
  type PaymentIntentRecord,
  serializePaymentIntent,
} from '@/sandbox/resources/payment-intent-record'
import { methodOrToken } from '@/sandbox/resources/payment-method-attach'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

const createShape = {
  amount: required(integer({ min: 1 })),
  currency: required(currency),
  confirm: bool,
  customer: text(255),
  description: text(1000),
  metadata,
  off_session: bool,
  payment_method: text(255),
  receipt_email: clearable(text(512)),
  return_url: text(5000),
  setup_future_usage: oneOf('off_session', 'on_session'),
  allowed_payment_method_types: list(oneOf('card')),
  automatic_payment_methods: hash({ enabled: required(bool), allow_redirects: oneOf('always', 'never') }),
  capture_method: oneOf('automatic', 'automatic_async'),
  confirmation_method: oneOf('automatic'),
  application_fee_amount: unbuilt(),
  mandate_data: unbuilt(),
  on_behalf_of: unbuilt(),
  payment_method_data: unbuilt(),
  payment_method_options: unbuilt(),
  shipping: shippingRule,
  statement_descriptor: unbuilt(),
  statement_descriptor_suffix: unbuilt(),
  transfer_data: unbuilt(),
  transfer_group: unbuilt(),
}

function createIntent(ctx: Ctx, params: Params<typeof createShape>): PaymentIntentRecord {
  checkAmount(params.amount, params.currency)
  if (params.customer !== undefined) livingCustomer(ctx, params.customer, 'customer', 400)
  const intent: PaymentIntentRecord = {
    ...newPaymentIntent(ctx, {
      amount: params.amount,
      currency: params.currency,
      customer: params.customer ?? null,
      description: params.description ?? null,
      invoice: null,
    }),
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    automatic_payment_methods: params.automatic_payment_methods ?? null,
    capture_method: params.capture_method ?? 'automatic_async',
    metadata: mergeMetadata({}, params.metadata),
    receipt_email: params.receipt_email ?? null,
    shipping: params.shipping ? shippingFrom(params.shipping) : null,
    setup_future_usage: params.setup_future_usage ?? null,
  }
  const method =
    params.payment_method === undefined ? undefined : usableMethod(ctx, intent, params.payment_method)
  const chosen: PaymentIntentRecord = method
    ? { ...intent, payment_method: method.id, status: 'requires_confirmation' }
    : intent
  ctx.store.put('paymentIntents', chosen)
  emit(ctx, 'payment_intent.created', serializePaymentIntent(ctx, chosen))
  return chosen
}

function checkAmount(amount: number, code: string): void {
  const [least, most] = [minimumCharge(code), maximumCharge(code)]
  if (amount < least) {
    throw invalidRequest(`Amount must be at least ${least} ${code} in the smallest currency unit.`, {
      code: 'amount_too_small',
      param: 'amount',
    })
  }
  if (amount > most) {
    throw invalidRequest(`Amount must be no more than ${most} ${code} in the smallest currency unit.`, {
      code: 'amount_too_large',
      param: 'amount',
    })
  }
}

function usableMethod(ctx: Ctx, intent: PaymentIntentRecord, id: string): PaymentMethodRecord {
  const method = methodOrToken(ctx, id, 'payment_method')
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalidRequest(
      'The provided PaymentMethod is attached to another customer than the PaymentIntent.',
      { code: 'resource_missing', param: 'payment_method' },
    )
  }
  return method
}

/** @throws StripeError 402 when the card declines, its side effects kept */
function confirmIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  methodId: string | undefined,
  session: Session,
) {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw unexpectedState(ctx, intent, 'confirm')
  }
  const id = methodId ?? intent.payment_method
  if (!id) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. Provide one and try again.",
      { code: 'payment_intent_unexpected_state', param: 'payment_method' },
    )
  }
  const attempt = attemptPayment(ctx, intent, usableMethod(ctx, intent, id), session)
  noteAttempt(ctx, attempt)
  if (attempt.kind === 'failed') throw declined(ctx, attempt)
  return serializePaymentIntent(ctx, attempt.intent)
}

function unexpectedState(ctx: Ctx, intent: PaymentIntentRecord, verb: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: serializePaymentIntent(ctx, intent),
  })
}

export const paymentIntentEndpoints = [
  endpoint({
    route: 'POST /v1/payment_intents',
    returns: 'payment_intent',
    params: createShape,
    run(ctx, params) {
      const intent = createIntent(ctx, params)
      if (!params.confirm) return serializePaymentIntent(ctx, intent)
      return confirmIntent(ctx, intent, undefined, params.off_session ? 'off' : 'on')
    },
  }),
  endpoint({
    route: 'GET /v1/payment_intents/:id',
    returns: 'payment_intent',
    params: { client_secret: text(255) },
    run: (ctx, _, id) => serializePaymentIntent(ctx, atPath(ctx, 'paymentIntents', id, 'intent')),
  }),
  endpoint({
    route: 'GET /v1/payment_intents',
    returns: 'list of payment_intent',
    params: { ...pageParams, created: range, customer: text(255) },
    run(ctx, { created, customer, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      return listPage(ctx, 'paymentIntents', page, {
        url: '/v1/payment_intents',
        among:
          customer === undefined ? undefined : ctx.store.table('paymentIntents').by('customer', customer),
        keep: (intent) => created === undefined || created(intent.created),
        show: (intent) => serializePaymentIntent(ctx, intent),
      })
    },
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/confirm',
    returns: 'payment_intent',
    params: {
      client_secret: text(255),
      off_session: bool,
      payment_method: text(255),
      return_url: text(5000),
      mandate_data: unbuilt(),
      payment_method_data: unbuilt(),
      payment_method_options: unbuilt(),
    },
    run: (ctx, { payment_method: method, off_session: off }, id) =>
      confirmIntent(ctx, atPath(ctx, 'paymentIntents', id, 'intent'), method, off ? 'off' : 'on'),
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/cancel',
    returns: 'payment_intent',
    params: {
      cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
    },
    run(ctx, { cancellation_reason: reason = null }, id) {
      const intent = atPath(ctx, 'paymentIntents', id, 'intent')
      if (intent.invoice !== null) {
        throw invalidRequest(
          'You cannot cancel this PaymentIntent because it belongs to an invoice. Void the invoice instead.',
          { code: 'payment_intent_unexpected_state' },
        )
      }
      if (intent.status === 'succeeded' || intent.status === 'canceled') {
        throw unexpectedState(ctx, intent, 'cancel')
      }
      const canceled: PaymentIntentRecord = {
        ...intent,
        status: 'canceled',
        canceled_at: ctx.now,
        cancellation_reason: reason,
        next_action: null,
      }
      ctx.store.put('paymentIntents', canceled)
      for (const payment of ctx.store.table('invoicePayments').by('paymentIntent', id)) {
        if (payment.status === 'open') cancelInvoicePayment(ctx, payment)
      }
      emit(ctx, 'payment_intent.canceled', serializePaymentIntent(ctx, canceled))
      return serializePaymentIntent(ctx, canceled)
    },
  }),
]
