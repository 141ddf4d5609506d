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
  | 'days'
  | 'quantity'
  | 'quantity_zero'
  | 'lines_missing'
  | 'lines_too_many'
  | 'total_too_large'
  | 'total_negative'
  | 'price_unknown'
  | 'price_archived'
  | 'price_recurring'
  | 'price_currency'
  | 'price_without_amount'
  | 'customer_unknown'
  | 'customer_deleted'
  | 'customer_without_email'
  | 'password_short'
  | 'invalid'

const sentences: Record<FieldReason, string> = {
  amount_missing: 'Enter an amount.',
  amount_not_a_number: 'Enter the amount in digits, like 1234.56 or 1,234.56.',
  amount_ambiguous: 'This can be read in two ways. For thousands, leave out the separator: 1234.',
  amount_too_precise: 'Too many decimal places for this currency. Round the amount.',
  amount_ends_in_zero:
    'Stripe wants the last digits of amounts in this currency to be zero. Round the amount.',
  amount_negative: 'Enter an amount of zero or more.',
  amount_too_large: 'Stripe takes at most eight digits, like 999,999.99. Enter a smaller amount.',
  required: 'Fill this in.',
  too_long: 'This is too long. Shorten it.',
  characters: 'This contains invisible characters that cannot be stored. Type it again.',
  one_line: 'Write this on one line.',
  email: 'Enter one e-mail address, like name@example.com.',
  currency: 'Choose a currency from the list.',
  id: 'Choose one from the list.',
  operation_id: 'Reload the page and fill in the form again.',
  days: 'Enter a whole number of days, from 0 to 365.',
  quantity: 'Enter the quantity in digits, like 3 or 1.5.',
  quantity_zero: 'Enter a quantity above zero.',
  lines_missing: 'Add at least one line.',
  lines_too_many: 'Stripe holds at most 250 lines on an invoice. Remove some, or write a second invoice.',
  total_too_large: 'Stripe does not charge that much at once. Make the invoice smaller, or write two.',
  total_negative:
    'This comes to less than zero, which cannot be sent. Finalize it instead: it becomes a credit of the customer.',
  price_unknown: 'This price is no longer in the catalog. Choose another one.',
  price_archived: 'This price or its product is archived. Choose another one, or restore it.',
  price_recurring: 'This price is for subscriptions. Choose a one-time price.',
  price_currency: 'This price is in another currency than the invoice. Choose another price or currency.',
  price_without_amount: 'This price has no fixed amount. Choose another one, or write the amount yourself.',
  customer_unknown: 'This customer is not known. Choose one from the list.',
  customer_deleted: 'This customer was deleted in Stripe. Choose another one.',
  customer_without_email:
    'This customer has no e-mail address to send to. Add one in Stripe, or finalize without sending.',
  password_short: 'Use at least 12 characters.',
  invalid: 'Check this value.',
}

const isReason = (code: string): code is FieldReason => Object.hasOwn(sentences, code)

/** The sentence beside a field, for a reason code that a schema or an action gave. */
export function fieldSentence(code: string): string {
  return sentences[isReason(code) ? code : 'invalid']
}
