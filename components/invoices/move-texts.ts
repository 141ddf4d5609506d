import type { InvoiceMove } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { amountOf, customerOf, nameOf } from './invoice-title'

export type MoveTexts = {
  /** On the button and in the menu; the dialog's own button repeats it with the object. */
  label: string
  /** The question, with object and amount. */
  question: string
  confirm: string
  /** What leaving the dialog does. */
  cancel: string
  /** The answer, in the past tense. */
  done: string
}

const texts: Record<InvoiceMove, (invoice: InvoiceDetail) => MoveTexts> = {
  finalize: (invoice) => ({
    label: 'Finalize',
    question: `Finalize ${nameOf(invoice)}, ${amountOf(invoice)}?`,
    confirm: 'Finalize',
    cancel: 'Keep the draft',
    done: 'The invoice is finalized',
  }),
  send: (invoice) => (invoice.status === 'draft' ? finalizeAndSend(invoice) : send(invoice)),
  pay_out_of_band: (invoice) => ({
    label: 'Record payment',
    question: `Record ${nameOf(invoice)}, ${amountOf(invoice)}, as paid outside Stripe?`,
    confirm: `Record ${amountOf(invoice)} as paid`,
    cancel: 'Leave it unpaid',
    done: `${nameOf(invoice)} is paid`,
  }),
  void: (invoice) => ({
    label: 'Void',
    question: `Void ${nameOf(invoice)}, ${amountOf(invoice)}?`,
    confirm: `Void ${nameOf(invoice)}`,
    cancel: 'Keep it',
    done: `${nameOf(invoice)} is void`,
  }),
  mark_uncollectible: (invoice) => ({
    label: 'Mark uncollectible',
    question: `Mark ${nameOf(invoice)}, ${amountOf(invoice)}, as uncollectible?`,
    confirm: 'Mark as uncollectible',
    cancel: 'Keep it open',
    done: `${nameOf(invoice)} is marked uncollectible`,
  }),
  delete_draft: (invoice) => ({
    label: 'Delete draft',
    question: `Delete ${nameOf(invoice)}, ${amountOf(invoice)}?`,
    confirm: 'Delete draft',
    cancel: 'Keep the draft',
    done: 'The draft is deleted',
  }),
}

function finalizeAndSend(invoice: InvoiceDetail): MoveTexts {
  return {
    label: 'Finalize and send',
    question: `Finalize ${nameOf(invoice)}, ${amountOf(invoice)}, and send it?`,
    confirm: 'Finalize and send',
    cancel: 'Keep the draft',
    done: `The invoice is finalized and sent to ${customerOf(invoice)}`,
  }
}

function send(invoice: InvoiceDetail): MoveTexts {
  const label = invoice.sentAt === null ? 'Send' : 'Send again'
  return {
    label,
    question: `${label}: ${nameOf(invoice)}, ${amountOf(invoice)}, to ${customerOf(invoice)}?`,
    confirm: `${label}`,
    cancel: 'Do not send',
    done: `${nameOf(invoice)} is sent`,
  }
}

export function moveTexts(invoice: InvoiceDetail, move: InvoiceMove): MoveTexts {
  return texts[move](invoice)
}
