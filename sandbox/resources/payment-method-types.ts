import { oneOf, type Rule, unbuilt } from '@/sandbox/http/params'

/** Kinds of payment methods that can pay here. */
const builtTypes = ['card', 'us_bank_account', 'sepa_debit', 'customer_balance'] as const

/** Kinds that Stripe knows besides. */
const otherTypes = [
  'acss_debit',
  'affirm',
  'afterpay_clearpay',
  'alipay',
  'alma',
  'amazon_pay',
  'au_becs_debit',
  'bacs_debit',
  'bancontact',
  'billie',
  'bizum',
  'blik',
  'boleto',
  'cashapp',
  'crypto',
  'custom',
  'eps',
  'fpx',
  'giropay',
  'grabpay',
  'ideal',
  'kakao_pay',
  'klarna',
  'konbini',
  'kr_card',
  'link',
  'mb_way',
  'mobilepay',
  'multibanco',
  'naver_pay',
  'nz_bank_account',
  'oxxo',
  'p24',
  'pay_by_bank',
  'payco',
  'paynow',
  'paypal',
  'paypay',
  'payto',
  'pix',
  'promptpay',
  'revolut_pay',
  'samsung_pay',
  'satispay',
  'scalapay',
  'sequra',
  'sofort',
  'sunbit',
  'swish',
  'twint',
  'upi',
  'wechat_pay',
  'zip',
] as const

type OtherType = (typeof otherTypes)[number]

/** Any kind that Stripe knows, where it only limits which ones may pay. */
export const anyType = oneOf(...builtTypes, ...otherTypes)

/** The hash that each of the other kinds has among the parameters of methods and of their options. */
export const unbuiltTypes = Object.fromEntries(otherTypes.map((type) => [type, unbuilt()])) as Record<
  OtherType,
  Rule<undefined>
>
