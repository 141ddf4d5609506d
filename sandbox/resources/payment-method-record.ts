import type Stripe from 'stripe'
import { bankAccountByNumber, type TestBankAccount } from '@/sandbox/bank-accounts'
import { cardByToken, type TestCard } from '@/sandbox/cards'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

export type PaymentMethod = Wire<Stripe.PaymentMethod>

type Kind = 'card' | 'us_bank_account' | 'sepa_debit' | 'customer_balance'

type Common = Pick<
  PaymentMethod,
  'allow_redisplay' | 'billing_details' | 'created' | 'customer_account' | 'id' | 'livemode' | 'object'
> & {
  customer: string | null
  metadata: Record<string, string>
  /** Once detached it can never be attached again. */
  isDetached: boolean
}

type OfKind<K extends Kind> = Common & { type: K } & { [Key in K]: NonNullable<PaymentMethod[Key]> }

export type CardMethod = OfKind<'card'> & {
  /** Which test card it is. */
  cardToken: string
  /** Its holder has authenticated a payment or a setup with it. */
  isAuthenticated: boolean
}

export type BankMethod = (OfKind<'us_bank_account'> | OfKind<'sepa_debit'>) & {
  /** Account number or IBAN. */
  accountNumber: string
  /** Its holder has proved that it is theirs. */
  isVerified: boolean
}

export type PaymentMethodRecord = CardMethod | BankMethod | OfKind<'customer_balance'>

export function serializePaymentMethod(_ctx: Ctx, record: PaymentMethodRecord) {
  const { isDetached: _, ...method } = record
  switch (method.type) {
    case 'card': {
      const { cardToken: _t, isAuthenticated: _a, ...card } = method
      return card satisfies PaymentMethod
    }
    case 'customer_balance':
      return method satisfies PaymentMethod
    default: {
      const { accountNumber: _n, isVerified: _v, ...bank } = method
      return bank satisfies PaymentMethod
    }
  }
}

/** The test card behind a card. */
export function cardOf({ cardToken }: CardMethod): TestCard {
  const card = cardByToken(cardToken)
  if (!card) throw new Error(`No test card ${cardToken}`)
  return card
}

/** The test account behind a bank account; any other one settles and keeps silent. */
export function bankAccountOf({ accountNumber, type }: BankMethod): TestBankAccount {
  return (
    bankAccountByNumber(accountNumber) ?? {
      type,
      token: null,
      number: accountNumber,
      debit: { kind: 'ok' },
      isDisputed: false,
    }
  )
}
