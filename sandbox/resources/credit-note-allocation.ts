import { invalidRequest } from '@/sandbox/http/errors'
import type { CreditNoteRecord } from '@/sandbox/resources/credit-note-record'
import { balanceUsed, type InvoiceRecord } from '@/sandbox/resources/invoice-record'

/** How a note is settled, in minor units. */
export type Allocation = {
  /** Lowers what the invoice still asks for. */
  pre: number
  /** Was paid already, and goes where the other fields say. */
  post: number
  refund: number
  /** What existing refunds have given back of it. */
  linked: number
  /** To the customer's balance because the caller says so. */
  credit: number
  outOfBand: number
  /** To the customer's balance because that is where it came from. */
  returned: number
}

type Asked = Pick<Allocation, 'refund' | 'linked' | 'credit' | 'outOfBand'>

/**
 * Settles a note: first it lowers what remains to be paid, then what was paid goes back. What the customer's balance
 * had paid returns there by itself, unless the caller disposes of it.
 * @param earlier the invoice's issued notes
 * @param mayBeOpen accepts that nothing is said about where what was paid goes
 * @throws StripeError when what was paid is not given back exactly
 */
export function allocate(
  total: number,
  invoice: InvoiceRecord,
  earlier: readonly CreditNoteRecord[],
  asked: Asked,
  mayBeOpen: boolean,
): Allocation {
  const pre = invoice.status === 'open' ? Math.min(total, invoice.amount_remaining) : 0
  const post = total - pre
  const given = asked.refund + asked.linked + asked.credit + asked.outOfBand
  const returned = Math.min(Math.max(post - given, 0), coveredByBalance(invoice, earlier))
  if (given + returned !== post && !(mayBeOpen && given === 0)) {
    throw invalidRequest(
      `The sum of credit amount, refund amount and out of band amount (${given}) must equal the post payment amount of the credit note (${post}).`,
    )
  }
  return { ...asked, pre, post, returned }
}

/** The part of the invoice that credit on the customer's balance paid, and that has not been returned there. */
function coveredByBalance(invoice: InvoiceRecord, earlier: readonly CreditNoteRecord[]): number {
  const used = Math.max(-balanceUsed(invoice), 0)
  return used - earlier.reduce((sum, { balanceReturned }) => sum + balanceReturned, 0)
}
