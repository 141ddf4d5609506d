import type Stripe from 'stripe'
import type { PaymentState } from '@/lib/domain/invoice'
import { rawJson } from './raw'
import { idOf, idOrNull, instant, instantOrNull } from './read'

export function parseInvoicePayment(payment: Stripe.InvoicePayment) {
  const { type, payment_intent, charge, payment_record } = payment.payment
  const paymentId = idOrNull(payment_intent ?? charge ?? payment_record)
  return {
    id: payment.id,
    status: payment.status,
    isDefault: payment.is_default,
    amountRequested: BigInt(payment.amount_requested),
    amountPaid: payment.amount_paid === null ? null : BigInt(payment.amount_paid),
    currency: payment.currency,
    paymentType: type,
    paymentId,
    createdAt: instant(payment.created),
    paidAt: instantOrNull(payment.status_transitions.paid_at),
    // An expanded PaymentIntent carries its client secret, which has no business in the database.
    raw: rawJson({ ...payment, payment: { type, [type]: paymentId } }),
  }
}

export const noPaymentState = { paymentState: 'none', paymentError: null } as const

/** Of the payments: the newest charge of each whose PaymentIntent is expanded. */
export function latestCharges(payments: Stripe.InvoicePayment[]): string[] {
  return payments.flatMap(({ payment: { payment_intent: intent, charge } }) => {
    const latest = typeof intent === 'object' ? intent.latest_charge : charge
    return latest ? [idOf(latest)] : []
  })
}

/** Of the default payment: what its PaymentIntent says about the last attempt to pay. */
export function parsePaymentState(payments: Stripe.InvoicePayment[]): {
  paymentState: PaymentState
  paymentError: string | null
} {
  const intent = payments.find((payment) => payment.is_default)?.payment.payment_intent
  if (intent === undefined || typeof intent === 'string') return noPaymentState
  const paymentError = intent.last_payment_error?.message ?? null
  if (intent.status === 'processing') return { paymentState: 'processing', paymentError: null }
  if (intent.status === 'requires_action') return { paymentState: 'requires_action', paymentError }
  if (intent.status === 'requires_payment_method' && intent.last_payment_error) {
    return { paymentState: 'failed', paymentError }
  }
  return noPaymentState
}
