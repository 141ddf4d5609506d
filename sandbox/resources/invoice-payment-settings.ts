import { transferTypes } from '@/sandbox/bank-transfers'
import { addressShape, mergeAddress } from '@/sandbox/http/common-params'
import { clearable, hash, integer, list, oneOf, type Rule, text, unbuilt } from '@/sandbox/http/params'
import { invoicePaymentType } from '@/sandbox/resources/invoice-payment-types'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { newIntentOptions, type PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'

type Settings = InvoiceRecord['payment_settings']
type Options = NonNullable<Settings['payment_method_options']>

const verificationMethod = oneOf('automatic', 'instant', 'microdeposits')
const nothing = hash({})

const address = hash(addressShape)
/** With every line of it, null where nothing was said. */
const wholeAddress: Rule<ReturnType<typeof mergeAddress>> = {
  read: (value, at, reading) => mergeAddress(null, address.read(value, at, reading)),
}

const company = hash({
  registered_address: clearable(wholeAddress),
  registered_name: text(),
  registration_number: text(),
  registration_type: clearable(
    oneOf(
      ...(['ch_ein', 'de_hrb', 'dk_cvr', 'es_cif', 'fi_tunnus', 'fr_siren', 'fr_siret'] as const),
      ...(['it_rea', 'nl_kvk', 'no_org_number', 'no_pno', 'se_org_number', 'se_pno', 'uk_crn'] as const),
    ),
  ),
  vat: text(),
})

const optionShape = {
  acss_debit: clearable(
    hash({
      mandate_options: hash({ transaction_type: oneOf('business', 'personal') }),
      verification_method: verificationMethod,
    }),
  ),
  bancontact: clearable(hash({ preferred_language: oneOf('de', 'en', 'fr', 'nl') })),
  billie: clearable(hash({ company_details: clearable(company), reference: text() })),
  blik: clearable(nothing),
  card: clearable(
    hash({ installments: unbuilt(), request_three_d_secure: oneOf('any', 'automatic', 'challenge') }),
  ),
  customer_balance: clearable(
    hash({
      bank_transfer: hash({
        eu_bank_transfer: hash({ country: oneOf('BE', 'DE', 'ES', 'FR', 'IE', 'NL') }),
        type: oneOf(...transferTypes),
      }),
      funding_type: oneOf('bank_transfer'),
    }),
  ),
  konbini: clearable(nothing),
  payto: clearable(
    hash({
      mandate_options: hash({
        amount: integer({ min: 1 }),
        purpose: oneOf(
          ...(['dependant_support', 'government', 'loan', 'mortgage', 'other', 'pension'] as const),
          ...(['personal', 'retail', 'salary', 'tax', 'utility'] as const),
        ),
      }),
    }),
  ),
  pix: clearable(
    hash({
      amount_includes_iof: oneOf('always', 'never'),
      expires_after_seconds: integer({ min: 60, max: 1_209_600 }),
    }),
  ),
  sepa_debit: clearable(nothing),
  upi: clearable(
    hash({
      mandate_options: hash({
        amount: integer({ min: 1 }),
        amount_type: oneOf('fixed', 'maximum'),
        description: text(20),
        end_date: integer({ min: 0 }),
      }),
    }),
  ),
  us_bank_account: clearable(
    hash({ financial_connections: unbuilt(), verification_method: verificationMethod }),
  ),
}

export const paymentSettings = hash({
  default_mandate: unbuilt((value) => value === ''),
  payment_method_options: clearable(hash(optionShape)),
  payment_method_types: clearable(list(invoicePaymentType)),
})

type Change = ReturnType<(typeof paymentSettings)['read']>
type Kind = keyof typeof optionShape

/** What an option shows where nothing was said, by its kind and by the hash within it. */
const blanks: Record<Kind, Record<string, unknown>> = {
  acss_debit: {},
  bancontact: { preferred_language: 'en' },
  billie: {},
  blik: {},
  card: { request_three_d_secure: null },
  customer_balance: { funding_type: null },
  konbini: {},
  payto: {},
  pix: { amount_includes_iof: null },
  sepa_debit: {},
  upi: {},
  us_bank_account: {},
}
const innerBlanks: Partial<Record<Kind, Record<string, unknown>>> = {
  acss_debit: { transaction_type: null },
  billie: { registered_name: null, registration_number: null, vat: null },
  customer_balance: { type: null },
  payto: { amount: null, amount_type: null, purpose: null },
  upi: { amount: null, amount_type: null, description: null, end_date: null },
}
/** Kinds that are shown as null when they have no options. */
const alwaysShown: readonly string[] = Object.keys(blanks).filter(
  (kind) => kind !== 'billie' && kind !== 'blik',
)

/** The settings with what a request says of them. Options are merged key by key; hashes in them are replaced. */
export function mergeSettings(current: Settings, change: Change = {}): Settings {
  const { payment_method_options: options, payment_method_types: types } = change
  return {
    ...current,
    ...(options === undefined
      ? {}
      : { payment_method_options: options && mergeOptions(current.payment_method_options, options) }),
    ...(types === undefined ? {} : { payment_method_types: types?.length === 0 ? null : types }),
  }
}

function mergeOptions(
  current: Options | null,
  changes: NonNullable<Change['payment_method_options']>,
): Options | null {
  const merged: Record<string, object | null> = {
    ...Object.fromEntries(alwaysShown.map((kind) => [kind, null])),
    ...current,
  }
  for (const kind of Object.keys(changes) as Kind[]) {
    const change = changes[kind]
    if (change) merged[kind] = mergeKind(kind, current?.[kind] ?? {}, change)
    else if (alwaysShown.includes(kind)) merged[kind] = null
    else delete merged[kind]
  }
  const hasAny = Object.values(merged).some((options) => options !== null)
  return hasAny ? (merged as Options) : null
}

function mergeKind(kind: Kind, current: object, change: object): object {
  const changes = Object.entries(change).map(([key, value]) => [
    key,
    typeof value === 'object' && value !== null ? filled(innerBlanks[kind] ?? {}, value) : value,
  ])
  return filled(blanks[kind], { ...current, ...Object.fromEntries(changes) })
}

/** What is null is left out, unless it is shown as null. */
function filled(blank: Record<string, unknown>, given: object): object {
  const entries = Object.entries({ ...blank, ...given })
  return Object.fromEntries(entries.filter(([key, value]) => value !== null || Object.hasOwn(blank, key)))
}

/** What the payment intent of an invoice takes over: the options of the kinds of methods that can pay here. */
export function intentOptionsFor({
  payment_settings: { payment_method_options: options },
}: InvoiceRecord): NonNullable<PaymentIntentRecord['payment_method_options']> {
  const { card, customer_balance: balance, sepa_debit: sepa, us_bank_account: account } = options ?? {}
  const secure = card?.request_three_d_secure
  return {
    ...newIntentOptions,
    ...(secure ? { card: { ...newIntentOptions.card, request_three_d_secure: secure } } : {}),
    ...(balance ? { customer_balance: balance } : {}),
    ...(sepa ? { sepa_debit: sepa } : {}),
    ...(account ? { us_bank_account: account } : {}),
  }
}
