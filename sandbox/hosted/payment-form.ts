import type { PayableWith } from '@/sandbox/documents/invoice-view'
import type { ErrorCode } from '@/sandbox/languages/words'

/** The names of the fields of both forms on the page. */
export type PaymentField = 'number' | 'expiry' | 'cvc' | 'name' | 'iban' | 'routing' | 'account'

/** What the forms show again after a refusal. The security code never comes back. */
export type PaymentFormState = {
  /** The form that was sent; the first of the invoice's when none was. */
  method?: PayableWith
  /** A sentence, in the customer's language. */
  error?: string
  /** The field that is to blame; the whole form when there is none. */
  field?: PaymentField
  values?: Partial<Record<Exclude<PaymentField, 'cvc'>, string>>
  /** Marks the last attempt that the page knows of, so that a form sent twice is tried once. */
  seen?: string
}

/** The field that a refusal of the bank points at. */
export const blamedField: Partial<Record<ErrorCode, PaymentField>> = {
  incorrect_number: 'number',
  test_mode_live_card: 'number',
  expired_card: 'expiry',
  incorrect_cvc: 'cvc',
  invalid_cvc: 'cvc',
}
