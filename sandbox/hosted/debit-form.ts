import type { PayableWith } from '@/sandbox/documents/invoice-view'
import { field } from '@/sandbox/hosted/field'
import { type Html, html } from '@/sandbox/hosted/html'
import type { PaymentField, PaymentFormState } from '@/sandbox/hosted/payment-form'
import type { Words } from '@/sandbox/languages/words'

type Debit = Exclude<PayableWith, 'card'>

/** The fields of a bank account, with what the customer consents to. */
export function debitFields(
  method: Debit,
  { field: wrong, error, values = {} }: PaymentFormState,
  seller: string,
  words: Words,
): Html {
  const errorOf = (name: PaymentField) => (wrong === name ? error : undefined)
  const text = (name: 'iban' | 'routing' | 'account', label: string, example: string) =>
    field({ form: method, name, label, value: values[name], example, purpose: 'off', error: errorOf(name) })
  return html`${field({
    form: method,
    name: 'name',
    label: words.accountHolder,
    value: values.name,
    purpose: 'name',
    error: errorOf('name'),
  })}
    ${method === 'sepa_debit' && text('iban', words.iban, 'AT61 1904 3002 3457 3201')}
    ${method === 'us_bank_account' && text('routing', words.routingNumber, '110000000')}
    ${method === 'us_bank_account' && text('account', words.accountNumber, '000123456789')}
    <p class="note">${words.debitConsent(seller)}</p>`
}

/** The accounts worth trying, each with what becomes of the debit. */
export function testAccounts(method: Debit, words: Words): Html {
  const [pays, fails] =
    method === 'sepa_debit'
      ? ['AT61 1904 3002 3457 3201', 'AT86 1904 3002 3547 3202']
      : ['110000000 / 000123456789', '110000000 / 000222222227']
  return html`<summary>${words.testAccounts}</summary>
      <ul><li><code>${pays}</code> <span>${words.thatPaysLater}</span></li>
        <li><code>${fails}</code> <span>${words.thatFailsLater}</span></li></ul>`
}
