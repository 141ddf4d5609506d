import { bankAccountByToken, type TestBankAccount, testRoutingNumber } from '@/sandbox/bank-accounts'
import { cardByToken, type TestCard } from '@/sandbox/cards'
import { byParam, type Ctx } from '@/sandbox/context'
import { base62 } from '@/sandbox/ids'
import type { BankMethod, CardMethod, PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

type CardDetails = {
  /** `card` for one that is saved the old way. */
  idPrefix?: 'pm' | 'card'
  expMonth?: number
  expYear?: number
  cvcCheck?: 'pass' | 'unchecked' | null
  name?: string | null
}

const noAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

function common(ctx: Ctx, name: string | null, idPrefix = 'pm') {
  return {
    id: ctx.newId(idPrefix),
    object: 'payment_method' as const,
    allow_redisplay: 'unspecified' as const,
    billing_details: { address: noAddress, email: null, name, phone: null, tax_id: null },
    created: ctx.now,
    customer: null,
    customer_account: null,
    isDetached: false,
    livemode: false,
    metadata: {},
  }
}

/** A new payment method for a test card, belonging to nobody yet. */
export function createCardMethod(ctx: Ctx, card: TestCard, details: CardDetails = {}): CardMethod {
  const method: CardMethod = {
    ...common(ctx, details.name ?? null, details.idPrefix),
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
    isAuthenticated: false,
    type: 'card',
  }
  ctx.store.put('paymentMethods', method)
  return method
}

type UsAccount = {
  accountNumber: string
  routingNumber: string
  holderType: 'company' | 'individual'
  accountType: 'checking' | 'savings'
}

/** A bank account in the United States; whoever types its number has yet to prove that it is theirs. */
export function createUsBankMethod(ctx: Ctx, account: UsAccount, isVerified: boolean): BankMethod {
  const method: BankMethod = {
    ...common(ctx, null),
    accountNumber: account.accountNumber,
    isVerified,
    type: 'us_bank_account',
    us_bank_account: {
      account_holder_type: account.holderType,
      account_type: account.accountType,
      bank_name: 'STRIPE TEST BANK',
      financial_connections_account: null,
      fingerprint: base62(`${account.routingNumber}:${account.accountNumber}`, 16),
      last4: account.accountNumber.slice(-4),
      networks: { preferred: 'ach', supported: ['ach'] },
      routing_number: account.routingNumber,
      status_details: {},
    },
  }
  ctx.store.put('paymentMethods', method)
  return method
}

/** @param iban a valid one, upper case and without spaces */
export function createSepaMethod(ctx: Ctx, iban: string): BankMethod {
  const method: BankMethod = {
    ...common(ctx, null),
    accountNumber: iban,
    isVerified: true,
    sepa_debit: {
      bank_code: iban.slice(4, 9),
      branch_code: '',
      country: iban.slice(0, 2),
      fingerprint: base62(iban, 16),
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
    type: 'sepa_debit',
  }
  ctx.store.put('paymentMethods', method)
  return method
}

/** A bank transfer: the customer's cash balance pays, once money has come in. */
export function createBalanceMethod(ctx: Ctx): PaymentMethodRecord {
  const method: PaymentMethodRecord = { ...common(ctx, null), customer_balance: {}, type: 'customer_balance' }
  ctx.store.put('paymentMethods', method)
  return method
}

function createTestAccountMethod(ctx: Ctx, { type, number }: TestBankAccount): BankMethod {
  if (type === 'sepa_debit') return createSepaMethod(ctx, number)
  const routingNumber = testRoutingNumber
  const account = {
    accountNumber: number,
    routingNumber,
    holderType: 'individual',
    accountType: 'checking',
  } as const
  return createUsBankMethod(ctx, account, true)
}

/** Whether an id is one of the tokens that stand for test cards and bank accounts. */
export function isMethodToken(id: string): boolean {
  return cardByToken(id) !== undefined || bankAccountByToken(id) !== undefined
}

/** An existing method, or a new one when `id` is a test token such as `pm_card_visa`. @throws StripeError 400 */
export function methodOrToken(ctx: Ctx, id: string, param: string): PaymentMethodRecord {
  const card = cardByToken(id)
  if (card) return createCardMethod(ctx, card)
  const account = bankAccountByToken(id)
  return account ? createTestAccountMethod(ctx, account) : byParam(ctx, 'paymentMethods', id, param)
}
