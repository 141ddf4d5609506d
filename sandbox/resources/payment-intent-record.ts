import type Stripe from 'stripe'
import { transferCurrencies } from '@/sandbox/bank-transfers'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

export type PaymentIntent = Wire<Stripe.PaymentIntent>

export type PaymentIntentRecord = Omit<PaymentIntent, 'metadata' | 'payment_method_types' | 'status'> & {
  metadata: Record<string, string>
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'requires_capture'
    | 'canceled'
    | 'succeeded'
  /** The invoice it was made for: then only the invoice may change or cancel it. */
  invoice: string | null
  /** Cash of the customer that has been used for it, in minor units, before it succeeds. */
  cashApplied: number
  /** Where the payer goes after authenticating, as the last confirmation said. */
  returnUrl?: string
}

export function serializePaymentIntent(
  _ctx: Ctx,
  { cashApplied: _c, invoice: _i, returnUrl: _r, ...intent }: PaymentIntentRecord,
) {
  return { ...intent, payment_method_types: methodTypesOf(intent) } satisfies PaymentIntent
}

type Limits = Pick<
  PaymentIntentRecord,
  | 'allowed_payment_method_types'
  | 'capture_method'
  | 'currency'
  | 'customer'
  | 'excluded_payment_method_types'
>

/** The kinds of methods that may pay an intent: those that it allows, or else all that fit its currency. */
export function methodTypesOf(intent: Limits): string[] {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = intent
  if (allowed && allowed.length > 0) return allowed
  return fittingTypes(intent).filter((type) => !excluded?.includes(type))
}

function fittingTypes({ capture_method: capture, currency, customer }: Limits): string[] {
  if (capture === 'manual') return ['card']
  return [
    'card',
    ...(currency === 'eur' ? ['sepa_debit'] : []),
    ...(currency === 'usd' ? ['us_bank_account'] : []),
    ...(customer !== null && transferCurrencies.includes(currency) ? ['customer_balance'] : []),
  ]
}

type NewIntent = Pick<PaymentIntentRecord, 'amount' | 'currency' | 'customer' | 'description' | 'invoice'> &
  Partial<Pick<PaymentIntentRecord, 'payment_method_options'>>

/** What Stripe says of the methods of an intent that nothing was said about. */
export const newIntentOptions = {
  card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
}

/** An intent that waits for a payment method; the caller writes it. */
export function newPaymentIntent(ctx: Ctx, asked: NewIntent): PaymentIntentRecord {
  const id = ctx.newId('pi')
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    cashApplied: 0,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${ctx.newToken(24)}`,
    confirmation_method: 'automatic',
    created: ctx.now,
    customer_account: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: newIntentOptions,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...asked,
  }
}
