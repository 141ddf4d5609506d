import type { Language } from '@/sandbox/languages/language'
import type { ErrorCode } from '@/sandbox/languages/words'

/** A refusal of Stripe's, or what a payment intent remembers of one. */
type Refused = {
  code?: string
  decline_code?: string
  message?: string
  payment_method?: { type: string }
}

/** What went wrong, in the customer's language; what has no words yet stays in Stripe's. */
export function errorText(
  { words }: Language,
  { code = '', decline_code: declineCode = '', message = '', payment_method: method }: Refused,
): string {
  // A bank's reasons are not for its customer to read on this page.
  if (method && method.type !== 'card') return words.errors.debit_failed
  if (isErrorCode(words, declineCode)) return words.errors[declineCode]
  return isErrorCode(words, code) ? words.errors[code] : message
}

export function isErrorCode({ errors }: Language['words'], code: string): code is ErrorCode {
  return Object.hasOwn(errors, code)
}
