import { bankAccountByNumber, isIban, testRoutingNumber } from '@/sandbox/bank-accounts'
import { type CheckedCard, checkCardForm } from '@/sandbox/cards'
import type { Ctx } from '@/sandbox/context'
import type { PayableWith } from '@/sandbox/documents/invoice-view'
import { readCardForm } from '@/sandbox/hosted/card-form'
import type { PaymentField, PaymentFormState } from '@/sandbox/hosted/payment-form'
import { errorText } from '@/sandbox/http/hosted-errors'
import type { Language } from '@/sandbox/languages/language'
import type { ErrorCode } from '@/sandbox/languages/words'
import {
  createCardMethod,
  createSepaMethod,
  createUsBankMethod,
} from '@/sandbox/resources/payment-method-new'
import type { BankMethod, PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** What was typed, made a payment method; or the form again with what is wrong about it. */
type Read = { paying: PaymentMethodRecord; values: PaymentFormState['values'] } | { again: PaymentFormState }

/** Takes a posted form of the page apart. @param method the kind of form it was */
export function readPayment(
  ctx: Ctx,
  language: Language,
  method: PayableWith,
  posted: URLSearchParams,
): Read {
  return method === 'card' ? readCard(ctx, language, posted) : readDebit(ctx, language, method, posted)
}

function readCard(ctx: Ctx, language: Language, posted: URLSearchParams): Read {
  const typed = (field: PaymentField) => posted.get(field) ?? ''
  const values = { number: typed('number'), expiry: typed('expiry'), name: typed('name') }
  const checked = checkCardForm(readCardForm({ ...values, cvc: typed('cvc') }), ctx.now)
  if (!checked.ok) {
    const field = checked.field === 'expMonth' || checked.field === 'expYear' ? 'expiry' : checked.field
    return { again: { method: 'card', error: cardError(language, checked), field, values } }
  }
  const { card, expMonth, expYear } = checked
  const details = { expMonth, expYear, cvcCheck: 'pass' as const, name: values.name || null }
  return { paying: createCardMethod(ctx, card, details), values }
}

/** Stripe has one code for dates that are wrong and dates that are over. */
function cardError(language: Language, wrong: Extract<CheckedCard, { ok: false }>): string {
  const { errors } = language.words
  if (wrong.isPast) {
    return wrong.field === 'expYear' ? errors.expiry_year_in_the_past : errors.expiry_in_the_past
  }
  return errorText(language, { ...wrong, decline_code: wrong.declineCode })
}

function readDebit(
  ctx: Ctx,
  { words }: Language,
  method: Exclude<PayableWith, 'card'>,
  posted: URLSearchParams,
): Read {
  const typed = (field: PaymentField) => (posted.get(field) ?? '').trim()
  const values = {
    name: typed('name'),
    iban: typed('iban'),
    routing: typed('routing'),
    account: typed('account'),
  }
  const number = (method === 'sepa_debit' ? values.iban : values.account).replace(/[\s-]/g, '').toUpperCase()
  const wrong = values.name === '' ? wrongName : wrongAccount(method, number, values.routing)
  if (wrong) return { again: { method, error: words.errors[wrong.code], field: wrong.field, values } }
  const made =
    method === 'sepa_debit'
      ? createSepaMethod(ctx, number)
      : createUsBankMethod(
          ctx,
          {
            accountNumber: number,
            routingNumber: testRoutingNumber,
            holderType: 'individual',
            accountType: 'checking',
          },
          true,
        )
  const paying: BankMethod = { ...made, billing_details: { ...made.billing_details, name: values.name } }
  ctx.store.put('paymentMethods', paying)
  return { paying, values }
}

type Wrong = { code: ErrorCode; field: PaymentField }

const wrongName: Wrong = { code: 'account_holder_missing', field: 'name' }

function wrongAccount(method: PayableWith, number: string, routing: string): Wrong | undefined {
  const isKnown = bankAccountByNumber(number)?.type === method
  if (method === 'sepa_debit') {
    if (!isIban(number)) return { code: 'invalid_iban', field: 'iban' }
    return isKnown ? undefined : { code: 'unknown_account', field: 'iban' }
  }
  if (routing !== testRoutingNumber) return { code: 'invalid_routing_number', field: 'routing' }
  if (!/^\d{4,17}$/.test(number)) return { code: 'invalid_account_number', field: 'account' }
  return isKnown ? undefined : { code: 'unknown_account', field: 'account' }
}
