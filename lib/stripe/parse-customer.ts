import type Stripe from 'stripe'
import { parseMethod } from './parse-method'
import { rawJson } from './raw'
import { idOrNull, instant } from './read'

/** `taxIds` and `transactions` are all of them, in Stripe's order; the default method is expanded. */
export function parseCustomer(
  customer: Stripe.Customer,
  taxIds: Stripe.TaxId[],
  transactions: Stripe.CustomerBalanceTransaction[],
) {
  return {
    id: customer.id,
    name: customer.name ?? null,
    email: customer.email,
    phone: customer.phone ?? null,
    description: customer.description,
    currency: customer.currency ?? null,
    balance: BigInt(customer.balance),
    taxExempt: customer.tax_exempt ?? 'none',
    isDelinquent: customer.delinquent ?? false,
    ...parseDefaultMethod(customer),
    createdAt: instant(customer.created),
    raw: rawJson(withIdsOnly(customer)),
    taxIds: taxIds.map(parseTaxId),
    transactions: transactions.map(parseTransaction),
  }
}

/** What pays this customer's invoices: the default method, else the older default source. */
function parseDefaultMethod(customer: Stripe.Customer) {
  const method = customer.invoice_settings.default_payment_method ?? customer.default_source
  const look = method === null || typeof method === 'string' ? null : parseMethod(method)
  return {
    paymentMethodId: idOrNull(method),
    paymentMethodType: look?.type ?? null,
    paymentMethodBrand: look?.brand ?? null,
    paymentMethodLast4: look?.last4 ?? null,
    paymentMethodExpMonth: look?.expMonth ?? null,
    paymentMethodExpYear: look?.expYear ?? null,
  }
}

/** As Stripe shows a customer to whom expands nothing: the rest has columns and tables of its own. */
function withIdsOnly({ tax_ids: _, ...customer }: Stripe.Customer) {
  const settings = customer.invoice_settings
  return {
    ...customer,
    default_source: idOrNull(customer.default_source),
    invoice_settings: { ...settings, default_payment_method: idOrNull(settings.default_payment_method) },
  }
}

function parseTaxId(taxId: Stripe.TaxId, position: number) {
  return {
    id: taxId.id,
    position,
    type: taxId.type,
    value: taxId.value,
    country: taxId.country,
    verificationStatus: taxId.verification?.status ?? null,
    createdAt: instant(taxId.created),
    raw: rawJson(taxId),
  }
}

function parseTransaction(transaction: Stripe.CustomerBalanceTransaction, position: number) {
  return {
    id: transaction.id,
    position,
    type: transaction.type,
    amount: BigInt(transaction.amount),
    endingBalance: BigInt(transaction.ending_balance),
    currency: transaction.currency,
    description: transaction.description,
    invoiceId: idOrNull(transaction.invoice),
    creditNoteId: idOrNull(transaction.credit_note),
    createdAt: instant(transaction.created),
    raw: rawJson(transaction),
  }
}
