import type { PaidWith } from '@/sandbox/documents/invoice-view'
import type { Words } from '@/sandbox/languages/words'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'

const brands: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
}

/** Brand and last digits of the card, or the bank of the account and its last digits. */
export function paidWith({ payment_method_details: details }: ChargeRecord): PaidWith {
  const { card, us_bank_account: account, sepa_debit: debit } = details ?? {}
  if (card) return { name: brands[card.brand ?? ''] ?? card.brand, last4: card.last4 ?? '' }
  if (account) return { name: account.bank_name, last4: account.last4 ?? '' }
  if (debit) return { name: null, last4: debit.last4 ?? '' }
  return 'otherwise'
}

/** "Visa ending in 4242". */
export function paidWithWords(paidWith: PaidWith, words: Words): string {
  if (paidWith === 'otherwise') return words.paidOtherwise
  return words.methodEnding(paidWith.name ?? words.bankAccount, paidWith.last4)
}
