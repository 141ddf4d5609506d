import type { InvoiceMove, InvoiceStatus } from '@/lib/domain/invoice'

/** What the sentences depend on; left out where the invoice is not made yet. */
type Facts = {
  status?: InvoiceStatus
  customerEmail?: string | null
  amountPaid?: number
  shareLink?: object | null
}

/** What will happen, one sentence each; what cannot be undone comes first. */
export function consequencesOf(move: InvoiceMove, invoice: Facts): string[] {
  return consequences[move](invoice).filter((sentence) => sentence !== null)
}

type Sentences = (string | null)[]

const becomesFinal = [
  'It becomes final: lines, amounts, customer details and due date cannot be changed afterwards.',
  'It gets its number for good. A mistake can then only be voided or credited.',
  'A credit balance of the customer in this currency is used up first.',
]

const consequences: Record<InvoiceMove, (invoice: Facts) => Sentences> = {
  finalize: () => [
    ...becomesFinal,
    'The customer can pay it from then on. No e-mail is sent: send it, or copy the customer’s link.',
  ],
  send: ({ status = 'draft', customerEmail = null }) => [
    `Stripe mails it to ${customerEmail ?? 'the customer'}. An e-mail cannot be recalled.`,
    ...(status === 'draft' ? becomesFinal : ['Amounts, number and due date stay as they are.']),
  ],
  pay_out_of_band: ({ amountPaid = 0 }) => [
    'It becomes paid, in full, and that cannot be undone.',
    'Stripe moves no money: record this only for money that has reached you in another way.',
    amountPaid > 0 ? 'The part that was already paid through Stripe stays as it is.' : null,
    'The customer can no longer pay it through Stripe.',
  ],
  void: ({ shareLink = null }) => [
    'It stays void for good and cannot be opened again. Nothing is owed on it from then on.',
    'It stays on record with its number, as tax rules require.',
    'A credit balance that was used for it is given back to the customer.',
    shareLink === null
      ? 'The customer can no longer pay it. They get no e-mail about it.'
      : 'The customer can no longer pay it; their link says that it was canceled. They get no e-mail about it.',
  ],
  mark_uncollectible: () => [
    'It no longer counts as open, but as bad debt. It cannot become open again.',
    'The customer still owes it and can still pay it, and you can still void it.',
    'The customer gets no e-mail about it.',
  ],
  delete_draft: () => [
    'The draft and its lines are gone for good.',
    'It has no number yet, so your numbering keeps no gap. Nobody was billed.',
  ],
}

/** Beside the choice of a currency that is not the customer's usual one; null where there is nothing to say. */
export function currencyNotice(customerCurrency: string | null, currency: string): string | null {
  if (customerCurrency === null || customerCurrency === currency) return null
  const [usual, chosen] = [customerCurrency.toUpperCase(), currency.toUpperCase()]
  return `This customer is usually billed in ${usual}. Stripe allows an invoice in ${chosen}, but a credit balance in ${usual} is not used for it.`
}
