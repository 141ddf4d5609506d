import type { CardOutcome } from '@/sandbox/cards'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import { type CardMethod, cardOf, type PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** Why a charge failed, as its `failure_code` and `failure_message` tell. */
export type Refusal = Pick<Extract<CardOutcome, { kind: 'decline' }>, 'code' | 'message'> & {
  declineCode?: string
}

/** The method as the charge remembers it. */
export function methodDetails(method: PaymentMethodRecord): ChargeRecord['payment_method_details'] {
  switch (method.type) {
    case 'card':
      return { type: 'card', card: cardDetails(method) }
    case 'customer_balance':
      return { type: 'customer_balance', customer_balance: {} }
    case 'sepa_debit': {
      const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit
      return {
        type: 'sepa_debit',
        sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null },
      }
    }
    case 'us_bank_account': {
      const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } =
        method.us_bank_account
      return {
        type: 'us_bank_account',
        us_bank_account: {
          account_holder_type,
          account_type,
          bank_name,
          fingerprint,
          last4,
          payment_reference: null,
          routing_number,
        },
      }
    }
  }
}

function cardDetails({ card }: CardMethod) {
  return {
    amount_authorized: null,
    authorization_code: null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: card.regulated_status,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  }
}

/** What the network and Stripe's risk check said. @param refusal undefined when the money moved */
export function outcomeOf(
  method: PaymentMethodRecord,
  refusal: Refusal | undefined,
): ChargeRecord['outcome'] {
  const risk = method.type === 'card' ? cardOf(method).risk : 'not_assessed'
  const unsaid = { advice_code: null, network_advice_code: null, network_decline_code: null }
  if (refusal === undefined) {
    return {
      ...unsaid,
      network_status: 'approved_by_network',
      reason: risk === 'elevated' ? 'elevated_risk_level' : null,
      risk_level: risk,
      seller_message: 'Payment complete.',
      type: 'authorized',
    }
  }
  if (risk === 'highest') {
    return {
      ...unsaid,
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      risk_level: risk,
      seller_message: 'Stripe blocked this payment as too risky.',
      type: 'blocked',
    }
  }
  return {
    ...unsaid,
    network_status: 'declined_by_network',
    reason: refusal.declineCode ?? refusal.code,
    risk_level: risk,
    seller_message: 'The bank did not return any further details with this decline.',
    type: 'issuer_declined',
  }
}
