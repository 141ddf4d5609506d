import { mergeMetadata, parcelFrom } from '@/sandbox/http/common-params'
import { invalidRequest } from '@/sandbox/http/errors'
import type { Params } from '@/sandbox/http/params'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import type { ownShape, sharedShape } from '@/sandbox/resources/payment-intent-shape'

type SharedInput = Params<typeof sharedShape>
type OwnInput = Params<typeof ownShape>

/**
 * The intent with what was given of its fields; its customer, its method and its amount are for the caller.
 * @throws StripeError 400 for what contradicts itself
 */
export function withInput(intent: PaymentIntentRecord, input: SharedInput & OwnInput): PaymentIntentRecord {
  const { shipping } = input
  const described = {
    ...intent,
    allowed_payment_method_types: given(
      input.allowed_payment_method_types,
      intent.allowed_payment_method_types,
    ),
    capture_method: given(input.capture_method, intent.capture_method),
    description: given(input.description, intent.description),
    excluded_payment_method_types: given(
      input.excluded_payment_method_types,
      intent.excluded_payment_method_types,
    ),
    metadata: mergeMetadata(intent.metadata, input.metadata),
    ...paymentDetails(intent, input.payment_details),
    payment_method_options: mergedOptions(intent.payment_method_options, input.payment_method_options),
    receipt_email: given(input.receipt_email, intent.receipt_email),
    setup_future_usage: given(input.setup_future_usage, intent.setup_future_usage),
    shipping: shipping ? parcelFrom(shipping) : given(shipping, intent.shipping),
    statement_descriptor: given(input.statement_descriptor, intent.statement_descriptor),
    statement_descriptor_suffix: given(input.statement_descriptor_suffix, intent.statement_descriptor_suffix),
  }
  checkCredentialUsage(described)
  return described
}

/** A payment with a saved card says what it is; it does not save the card once more. */
function checkCredentialUsage({
  payment_method_options: options,
  setup_future_usage: usage,
}: PaymentIntentRecord): void {
  if (options?.card?.stored_credential_usage === undefined || !(options.card.setup_future_usage ?? usage))
    return
  throw invalidRequest('You cannot use `stored_credential_usage` together with `setup_future_usage`.', {
    param: 'payment_method_options[card][stored_credential_usage]',
  })
}

function given<T>(input: T | undefined, current: T): T {
  return input === undefined ? current : input
}

function paymentDetails(
  { payment_details: current }: PaymentIntentRecord,
  input: SharedInput['payment_details'],
): Pick<PaymentIntentRecord, 'payment_details'> {
  if (input === undefined) return {}
  if (input === null) return { payment_details: undefined }
  const { customer_reference = null, order_reference = null } = { ...current, ...input }
  return { payment_details: { customer_reference, order_reference } }
}

type Options = PaymentIntentRecord['payment_method_options']

/** What Stripe fills in for a kind of method that has options at all. */
const optionDefaults = {
  card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  customer_balance: { funding_type: null },
  sepa_debit: {},
  us_bank_account: { verification_method: 'automatic' },
} as const

/** Options are merged leaf by leaf; a kind that is emptied loses them. */
function mergedOptions(current: Options, input: SharedInput['payment_method_options'] = {}): Options {
  const merged: Record<string, unknown> = { ...current }
  for (const type of ['card', 'customer_balance', 'sepa_debit', 'us_bank_account'] as const) {
    const change = input[type]
    if (change === null) delete merged[type]
    else if (change !== undefined) {
      const leaves = Object.entries({ ...optionDefaults[type], ...current?.[type], ...change })
      const cleared = Object.keys(change).filter((key) => change[key as keyof typeof change] === null)
      merged[type] = Object.fromEntries(leaves.filter(([key]) => !cleared.includes(key)))
    }
  }
  return merged as Options
}
