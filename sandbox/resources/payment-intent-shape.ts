import { transferTypes } from '@/sandbox/bank-transfers'
import { currency, email, metadata, parcelRule } from '@/sandbox/http/common-params'
import {
  bool,
  checked,
  clearable,
  hash,
  integer,
  list,
  oneOf,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import { methodChoiceShape } from '@/sandbox/resources/payment-method-choice'
import { anyType, unbuiltTypes } from '@/sandbox/resources/payment-method-types'

const futureUsage = oneOf('off_session', 'on_session')
const ifAvailable = oneOf('if_available', 'never')
const captureMethod = oneOf('automatic', 'automatic_async', 'manual')
export const descriptor = checked(text(22), (value) =>
  /[A-Za-z]/.test(value) && !/[<>\\'"*]/.test(value)
    ? undefined
    : 'The statement descriptor must contain at least one letter, and none of <, >, \\, \', " and *.',
)

/** What later payments with a saved card will be, or what this one is. */
const credentialUsage = oneOf('installment', 'recurring', 'unscheduled')

const transfers = oneOf(...transferTypes)
/** The CLI still says `jp_bank_account`. */
const transferType: typeof transfers = {
  read: (value, at, reading) =>
    transfers.read(value === 'jp_bank_account' ? 'jp_bank_transfer' : value, at, reading),
}

const methodOptions = hash({
  card: clearable(
    hash({
      capture_method: clearable(oneOf('manual')),
      cvc_token: unbuilt(),
      installments: unbuilt(),
      mandate_options: unbuilt(),
      moto: bool,
      network: text(50),
      request_extended_authorization: ifAvailable,
      request_incremental_authorization: ifAvailable,
      request_multicapture: ifAvailable,
      request_overcapture: ifAvailable,
      request_partial_authorization: ifAvailable,
      request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
      require_cvc_recollection: bool,
      setup_credential_usage: credentialUsage,
      setup_future_usage: clearable(oneOf('none', 'off_session', 'on_session')),
      statement_descriptor_suffix_kana: unbuilt(),
      statement_descriptor_suffix_kanji: unbuilt(),
      stored_credential_usage: credentialUsage,
      three_d_secure: unbuilt(),
    }),
  ),
  card_present: unbuilt(),
  customer_balance: clearable(
    hash({
      bank_transfer: hash({
        eu_bank_transfer: hash({ country: text(2) }),
        requested_address_types: list(text(30)),
        type: transferType,
      }),
      funding_type: oneOf('bank_transfer'),
      setup_future_usage: oneOf('none'),
    }),
  ),
  interac_present: unbuilt(),
  sepa_debit: clearable(
    hash({
      mandate_options: unbuilt(),
      setup_future_usage: clearable(oneOf('none', 'off_session', 'on_session')),
      target_date: unbuilt(),
    }),
  ),
  us_bank_account: clearable(
    hash({
      financial_connections: unbuilt(),
      mandate_options: unbuilt(),
      networks: unbuilt(),
      preferred_settlement_speed: unbuilt(),
      setup_future_usage: clearable(oneOf('none', 'off_session', 'on_session')),
      target_date: unbuilt(),
      transaction_purpose: unbuilt(),
      verification_method: oneOf('automatic', 'instant', 'microdeposits'),
    }),
  ),
  ...unbuiltTypes,
})

/** Where payers go after they have done what was asked of them: a page, or an app by its own scheme. */
export const returnUrl = checked(
  text(5000),
  (value) =>
    /^[a-z][a-z0-9+.-]*:./i.test(value) && !/^(javascript|data):/i.test(value) && URL.canParse(value)
      ? undefined
      : 'Not a valid URL',
  'url_invalid',
)

const acceptance = hash({
  accepted_at: integer({ min: 0 }),
  offline: hash({}),
  online: hash({ ip_address: text(45), user_agent: text(5000) }),
  type: required(oneOf('offline', 'online')),
})

/** The payer's consent to be debited; the sandbox keeps no mandates. */
export const mandateData = clearable(hash({ customer_acceptance: acceptance }))

/** Parameters of creating, updating and confirming alike. */
export const sharedShape = {
  ...methodChoiceShape,
  allowed_payment_method_types: list(anyType),
  amount_details: unbuilt(),
  capture_method: captureMethod,
  excluded_payment_method_types: clearable(list(anyType)),
  hooks: unbuilt(),
  payment_details: clearable(
    hash({ customer_reference: clearable(text(25)), order_reference: clearable(text(25)) }),
  ),
  payment_method_options: methodOptions,
  receipt_email: clearable(email),
  setup_future_usage: clearable(futureUsage),
  shipping: clearable(parcelRule),
}

/** Parameters of an intent itself, for creating and updating. */
export const ownShape = {
  ...sharedShape,
  application_fee_amount: unbuilt(),
  customer: text(255),
  customer_account: unbuilt(),
  description: clearable(text(1000)),
  metadata,
  payment_method_configuration: unbuilt(),
  statement_descriptor: clearable(descriptor),
  statement_descriptor_suffix: clearable(descriptor),
  transfer_data: unbuilt(),
  transfer_group: unbuilt(),
}

/** Parameters of a confirmation, at creation too. */
export const confirmationShape = {
  confirmation_token: unbuilt(),
  error_on_requires_action: bool,
  mandate: unbuilt(),
  mandate_data: mandateData,
  off_session: oneOf('true', 'false', 'one_off', 'recurring'),
  radar_options: hash({ referrer: clearable(text()), session: text(255) }),
  return_url: returnUrl,
  use_stripe_sdk: bool,
}

export const createShape = {
  ...ownShape,
  ...confirmationShape,
  amount: required(integer({ min: 1 })),
  automatic_payment_methods: hash({ enabled: required(bool), allow_redirects: oneOf('always', 'never') }),
  confirm: bool,
  confirmation_method: oneOf('automatic', 'manual'),
  currency: required(currency),
  on_behalf_of: unbuilt(),
}

export const updateShape = { ...ownShape, amount: integer({ min: 1 }), currency }

export const confirmShape = {
  ...sharedShape,
  ...confirmationShape,
  amount_to_confirm: integer({ min: 1 }),
  client_secret: text(255),
}
