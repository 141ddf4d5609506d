import { bankAccountByNumber, isIban, testRoutingNumber } from '@/sandbox/bank-accounts'
import { cardByToken, checkCardForm } from '@/sandbox/cards'
import type { Ctx } from '@/sandbox/context'
import {
  type Address,
  addressShape,
  email,
  mergeAddress,
  mergeMetadata,
  metadata,
} from '@/sandbox/http/common-params'
import { invalidRequest, missingParameter, noSuch, StripeError } from '@/sandbox/http/errors'
import { clearable, hash, integer, oneOf, type Params, required, text, unbuilt } from '@/sandbox/http/params'
import {
  createBalanceMethod,
  createCardMethod,
  createSepaMethod,
  createUsBankMethod,
} from '@/sandbox/resources/payment-method-new'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'
import { anyType, unbuiltTypes } from '@/sandbox/resources/payment-method-types'

export const allowRedisplay = oneOf('always', 'limited', 'unspecified')

export const billingDetails = hash({
  address: clearable(hash(addressShape)),
  email: clearable(email),
  name: clearable(text(5000)),
  phone: clearable(text(20)),
  tax_id: text(50),
})

const cardShape = {
  number: text(30),
  exp_month: integer(),
  exp_year: integer(),
  cvc: text(4),
  token: text(255),
  networks: hash({ preferred: oneOf('cartes_bancaires', 'mastercard', 'visa') }),
}

const usBankShape = {
  account_holder_type: oneOf('company', 'individual'),
  account_number: text(17),
  account_type: oneOf('checking', 'savings'),
  financial_connections_account: unbuilt(),
  routing_number: text(9),
}

/** What a new payment method is made from, `payment_method_data` of an intent too. */
export const methodShape = {
  type: required(anyType),
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: hash(cardShape),
  customer_balance: hash({}),
  interac_present: unbuilt(),
  metadata,
  radar_options: hash({ session: text(255) }),
  sepa_debit: hash({ iban: required(text(34)) }),
  us_bank_account: hash(usBankShape),
  ...unbuiltTypes,
}

export type MethodInput = Params<typeof methodShape>

/**
 * A new payment method that belongs to nobody.
 * @param at the parameter that holds the input, or '' for the request itself
 * @throws StripeError 402 for what is wrong with a card number, 400 for everything else
 */
export function createMethod(ctx: Ctx, input: MethodInput, at = ''): PaymentMethodRecord {
  const nameOf = (path: string) => (at === '' ? path : `${at}[${path.replace('[', '][')}`)
  const method = createOfType(ctx, input, nameOf)
  const described: PaymentMethodRecord = {
    ...method,
    allow_redisplay: input.allow_redisplay ?? 'unspecified',
    billing_details: changedBilling(method.billing_details, input.billing_details),
    metadata: mergeMetadata({}, input.metadata),
  }
  ctx.store.put('paymentMethods', described)
  return described
}

type NameOf = (path: string) => string

function createOfType(ctx: Ctx, input: MethodInput, nameOf: NameOf): PaymentMethodRecord {
  switch (input.type) {
    case 'card':
      if (!input.card) throw missingParameter(nameOf('card'))
      return cardFrom(ctx, input.card, nameOf)
    case 'us_bank_account':
      if (!input.us_bank_account) throw missingParameter(nameOf('us_bank_account'))
      return usBankFrom(ctx, input.us_bank_account, nameOf)
    case 'sepa_debit':
      if (!input.sepa_debit) throw missingParameter(nameOf('sepa_debit'))
      return sepaFrom(ctx, input, input.sepa_debit.iban, nameOf)
    case 'customer_balance':
      return createBalanceMethod(ctx)
    default:
      throw invalidRequest(`The sandbox does not support payment methods of type ${input.type} yet.`, {
        param: nameOf('type'),
      })
  }
}

function cardFrom(ctx: Ctx, input: Params<typeof cardShape>, nameOf: NameOf): PaymentMethodRecord {
  if (input.token !== undefined) {
    const card = cardByToken(input.token.replace(/^tok_/, 'pm_card_'))
    if (!card) throw noSuch('token', input.token, nameOf('card[token]'), 400)
    return createCardMethod(ctx, card)
  }
  const { number, exp_month: month, exp_year: year, cvc } = input
  if (number === undefined) throw missingParameter(nameOf('card[number]'))
  if (month === undefined) throw missingParameter(nameOf('card[exp_month]'))
  if (year === undefined) throw missingParameter(nameOf('card[exp_year]'))
  const form = { number, expMonth: String(month), expYear: String(year), cvc: cvc ?? null }
  const checked = checkCardForm(form, ctx.now)
  if (!checked.ok) {
    const { code, message, declineCode } = checked
    const field = { number: 'number', expMonth: 'exp_month', expYear: 'exp_year', cvc: 'cvc' }[checked.field]
    throw new StripeError(402, {
      type: 'card_error',
      code,
      decline_code: declineCode,
      message,
      param: nameOf(`card[${field}]`),
    })
  }
  const { card, expMonth, expYear } = checked
  return createCardMethod(ctx, card, { expMonth, expYear })
}

function usBankFrom(ctx: Ctx, input: Params<typeof usBankShape>, nameOf: NameOf): PaymentMethodRecord {
  const { account_number: accountNumber, routing_number: routingNumber } = input
  const { account_holder_type: holderType, account_type: accountType = 'checking' } = input
  if (holderType === undefined) throw missingParameter(nameOf('us_bank_account[account_holder_type]'))
  if (accountNumber === undefined) throw missingParameter(nameOf('us_bank_account[account_number]'))
  if (routingNumber === undefined) throw missingParameter(nameOf('us_bank_account[routing_number]'))
  if (routingNumber !== testRoutingNumber) {
    throw invalidRequest(`You must use a test bank account, with the routing number ${testRoutingNumber}.`, {
      code: 'routing_number_invalid',
      param: nameOf('us_bank_account[routing_number]'),
    })
  }
  if (!bankAccountByNumber(accountNumber)) {
    throw invalidRequest('You must use a test bank account number.', {
      code: 'account_number_invalid',
      param: nameOf('us_bank_account[account_number]'),
    })
  }
  return createUsBankMethod(ctx, { accountNumber, routingNumber, holderType, accountType }, false)
}

function sepaFrom(ctx: Ctx, input: MethodInput, typed: string, nameOf: NameOf): PaymentMethodRecord {
  const iban = typed.replace(/\s/g, '').toUpperCase()
  if (!isIban(iban)) {
    throw invalidRequest('The IBAN you provided is invalid.', {
      code: 'invalid_bank_account_iban',
      param: nameOf('sepa_debit[iban]'),
    })
  }
  for (const field of ['name', 'email'] as const) {
    if (!input.billing_details?.[field]) throw missingParameter(nameOf(`billing_details[${field}]`))
  }
  return createSepaMethod(ctx, iban)
}

type Billing = PaymentMethodRecord['billing_details']

/** Billing details are merged leaf by leaf. */
export function changedBilling(current: Billing, change: MethodInput['billing_details'] = {}): Billing {
  const { address, ...rest } = change
  return {
    ...current,
    ...rest,
    address: mergeAddress(address === null ? null : (current.address as Address | null), address ?? {}),
  }
}
