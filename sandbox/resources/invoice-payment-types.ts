import { invalidRequest } from '@/sandbox/http/errors'
import { oneOf } from '@/sandbox/http/params'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'

/** The kinds of payment methods that an invoice may name, as the SDK lists them. */
export const invoicePaymentType = oneOf(
  'ach_credit_transfer',
  'ach_debit',
  'acss_debit',
  'affirm',
  'alipay',
  'amazon_pay',
  'au_becs_debit',
  'bacs_debit',
  'bancontact',
  'billie',
  'blik',
  'boleto',
  'card',
  'cashapp',
  'crypto',
  'custom',
  'customer_balance',
  'eps',
  'fpx',
  'giropay',
  'grabpay',
  'ideal',
  'jp_credit_transfer',
  'kakao_pay',
  'klarna',
  'konbini',
  'kr_card',
  'link',
  'mb_way',
  'multibanco',
  'naver_pay',
  'nz_bank_account',
  'p24',
  'pay_by_bank',
  'payco',
  'paynow',
  'paypal',
  'payto',
  'pix',
  'promptpay',
  'revolut_pay',
  'satispay',
  'sepa_credit_transfer',
  'sepa_debit',
  'sequra',
  'sofort',
  'swish',
  'twint',
  'upi',
  'us_bank_account',
  'wechat_pay',
)

/** The currencies of those kinds of payment methods that know only some. */
const currencies = new Map(
  Object.entries({
    ach_credit_transfer: ['usd'],
    acss_debit: ['cad', 'usd'],
    au_becs_debit: ['aud'],
    bacs_debit: ['gbp'],
    bancontact: ['eur'],
    boleto: ['brl'],
    cashapp: ['usd'],
    eps: ['eur'],
    fpx: ['myr'],
    giropay: ['eur'],
    ideal: ['eur'],
    konbini: ['jpy'],
    multibanco: ['eur'],
    p24: ['eur', 'pln'],
    paynow: ['sgd'],
    pix: ['brl'],
    promptpay: ['thb'],
    sepa_debit: ['eur'],
    sofort: ['eur'],
    swish: ['sek'],
    us_bank_account: ['usd'],
  }),
)

/**
 * An invoice that names kinds of payment methods has to name one that can pay it: in its currency, and bank transfers
 * only when it is sent.
 * @throws StripeError invoice_no_payment_method_types
 */
export function checkPaymentTypes(invoice: InvoiceRecord): void {
  const types = invoice.payment_settings.payment_method_types
  if (!types || invoice.amount_due === 0) return
  const isUsable = (type: string) =>
    (type !== 'customer_balance' || invoice.collection_method === 'send_invoice') &&
    (currencies.get(type)?.includes(invoice.currency) ?? true)
  if (types.some(isUsable)) return
  throw invalidRequest(
    `None of the payment method types of this invoice (${types.join(', ')}) can pay it. Check its currency and its payment_settings.`,
    { code: 'invoice_no_payment_method_types' },
  )
}
