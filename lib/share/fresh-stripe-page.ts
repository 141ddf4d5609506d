import 'server-only'
import { pastDueBefore } from '@/lib/domain/dates'
import { invoiceBadge } from '@/lib/domain/invoice'
import type { PublicInvoice } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { impatient, stripe } from '@/lib/stripe/client'
import { parseInvoice } from '@/lib/stripe/parse-invoice'
import { isMissing } from '@/lib/stripe/to-app-error'
import { findLink } from './find-link'
import { canBePaid, publicState } from './public-state'

/**
 * Where a customer's click leads: on to Stripe; nowhere, because the invoice is in a state without such a page;
 * nowhere for now, because Stripe or our own database cannot be asked. Null for a link that is unknown or revoked.
 */
export type StripePage =
  | { redirect: string }
  | { refused: PublicInvoice['state'] }
  | { unavailable: true }
  | null

/** The page to pay at. Stripe's addresses of it expire, so that it is asked for one at the click. */
export const freshPaymentUrl = (token: string) => freshStripePage(token, 'payment')

/** The invoice as a PDF, which Stripe makes. */
export const freshPdfUrl = (token: string) => freshStripePage(token, 'pdf')

async function freshStripePage(token: string, kind: 'payment' | 'pdf'): Promise<StripePage> {
  try {
    const link = await findLink(token)
    if (!link || link.isRevoked) return null
    const { state, paymentUrl, pdfUrl } = await askStripe(link.invoiceId)
    const url = kind === 'payment' ? paymentUrl : pdfUrl
    if (url === null) return { refused: state }
    if (isStripes(url)) return { redirect: url }
    log.error(
      { invoice: link.invoiceId, kind },
      'refused to send a customer to an address that is not Stripe’s',
    )
    return { unavailable: true }
  } catch (error) {
    if (isMissing(error)) return null
    log.warn({ err: error, kind }, 'could not ask Stripe for a customer’s page')
    return { unavailable: true }
  }
}

async function askStripe(id: string) {
  const expand = ['payments.data.payment.payment_intent']
  const answer = await stripe().invoices.retrieve(id, { expand }, impatient)
  const invoice = parseInvoice(answer, [], answer.payments?.data ?? [])
  const facts = { ...invoice, amountPaid: toMinorUnits(invoice.amountPaid) }
  const badge = invoiceBadge(facts, pastDueBefore(new Date(), env().billingTimeZone))
  return {
    state: publicState(badge),
    paymentUrl: canBePaid(invoice, badge) ? (answer.hosted_invoice_url ?? null) : null,
    pdfUrl: answer.invoice_pdf ?? null,
  }
}

/** Stripe serves the payment page at the one and the PDF at the other. */
const stripesOrigins = ['https://invoice.stripe.com', 'https://pay.stripe.com']

/** An open redirect would lend this link's good name to anybody; with the sandbox, its own pages stand for Stripe's. */
export function isStripes(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { apiBase } = env().stripe
  const { origin, username, password } = new URL(url)
  const allowed = apiBase === undefined ? stripesOrigins : [apiBase.origin]
  return allowed.includes(origin) && username === '' && password === ''
}
