import type { AmountProblem } from '@/lib/domain/money'

/** The reasons that input schemas give, and `invalid` for whatever they have no word for. */
export type FieldReason =
  | AmountProblem
  | 'required'
  | 'too_long'
  | 'characters'
  | 'one_line'
  | 'email'
  | 'currency'
  | 'id'
  | 'operation_id'
  | 'quantity'
  | 'quantity_zero'
  | 'lines_missing'
  | 'lines_too_many'
  | 'password_short'
  | 'invalid'

const sentences: Record<FieldReason, string> = {
  amount_missing: 'Enter an amount.',
  amount_not_a_number: 'Enter the amount in digits, like 1234.56 or 1,234.56.',
  amount_ambiguous:
    'This can be read in two ways. For one thousand two hundred thirty-four write 1234 or 1234.00.',
  amount_too_precise: 'This currency has fewer digits after the decimal mark. Shorten the amount.',
  amount_ends_in_zero:
    'Stripe wants the last digits of amounts in this currency to be zero. Round the amount.',
  amount_negative: 'Enter an amount of zero or more.',
  amount_too_large: 'Stripe takes at most eight digits, like 999,999.99. Enter a smaller amount.',
  required: 'Fill this in.',
  too_long: 'This is too long. Shorten it.',
  characters: 'This contains invisible characters that cannot be stored. Type it anew.',
  one_line: 'Write this on one line.',
  email: 'Enter one e-mail address, like name@example.com.',
  currency: 'Choose a currency from the list.',
  id: 'Choose one from the list.',
  operation_id: 'Reload the page and fill in the form again.',
  quantity: 'Enter the quantity in digits, like 3 or 1.5.',
  quantity_zero: 'Enter a quantity above zero.',
  lines_missing: 'Add at least one line.',
  lines_too_many: 'Stripe holds at most 250 lines on an invoice. Remove some, or write a second invoice.',
  password_short: 'Use at least 12 characters.',
  invalid: 'Check this value.',
}

const isReason = (code: string): code is FieldReason => Object.hasOwn(sentences, code)

/** The sentence beside a field, for a reason code that a schema or an action gave. */
export function fieldSentence(code: string): string {
  return sentences[isReason(code) ? code : 'invalid']
}
