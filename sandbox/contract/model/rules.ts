import { type InvoiceCoupon, type ModelLine, sumsOf } from '@/sandbox/contract/model/sums'

/** Below this an invoice in US dollars is not charged. */
export const least = 50

type Status = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'

export type ModelInvoice = {
  id: string
  status: Status | 'deleted'
  lines: ModelLine[]
  discounts: InvoiceCoupon[]
  due: number
  paid: number
  overpaid: number
  /** What the customer's balance lost to it: given back when it is voided. */
  applied: number
  notes: { id: string; amount: number; isVoid: boolean }[]
  /** Sums of what was credited before it was paid and after. */
  pre: number
  post: number
  name: string
  order: number | null
}

export type Model = {
  owner: string
  prefix: string
  name: string
  balance: number
  pays: boolean
  invoices: ModelInvoice[]
  finalized: number
}

export function newInvoice(id: string): ModelInvoice {
  return {
    id,
    status: 'draft',
    lines: [],
    discounts: [],
    due: 0,
    paid: 0,
    overpaid: 0,
    applied: 0,
    notes: [],
    pre: 0,
    post: 0,
    name: '',
    order: null,
  }
}

export const sums = ({ lines, discounts }: ModelInvoice) => sumsOf(lines, discounts)

export const remaining = ({ due, paid }: ModelInvoice) => due - paid

/** What can still be credited of the total. */
export const creditable = (invoice: ModelInvoice) => sums(invoice).total - invoice.pre - invoice.post

/** Finalizing, by the rules of balances and of the smallest charge. */
function finalize(model: Model, invoice: ModelInvoice): void {
  const sum = sums(invoice).total + model.balance
  invoice.applied = Math.min(0, sum) - model.balance
  model.balance = Math.min(0, sum)
  invoice.name = model.name
  model.finalized += 1
  invoice.order = model.finalized
  if (sum > 0 && sum < least) model.balance = sum
  invoice.due = sum < least ? 0 : sum
  invoice.status = invoice.due === 0 ? 'paid' : 'open'
}

function settle(invoice: ModelInvoice): void {
  invoice.status = 'paid'
  invoice.paid = invoice.due
}

export type Verb = 'finalize' | 'pay' | 'payOutOfBand' | 'void' | 'markUncollectible' | 'delete' | 'tag'

const allowed: Record<Verb, Status[]> = {
  finalize: ['draft'],
  pay: ['draft', 'open', 'uncollectible'],
  payOutOfBand: ['draft', 'open', 'uncollectible'],
  void: ['open', 'uncollectible'],
  markUncollectible: ['open'],
  delete: ['draft'],
  tag: ['draft', 'open', 'paid', 'void', 'uncollectible'],
}

/** The HTTP status that the sandbox should answer; changes the model accordingly. */
export function predict(model: Model, invoice: ModelInvoice, verb: Verb): 200 | 400 | 402 | 404 {
  const { status } = invoice
  if (status === 'deleted') return 404
  if (!allowed[verb].includes(status)) return 400
  const isPayment = verb === 'pay' || verb === 'payOutOfBand'
  if (status === 'draft' && (isPayment || verb === 'finalize')) finalize(model, invoice)
  if (isPayment && invoice.status !== 'paid') {
    if (verb === 'pay' && !model.pays) return 402
    settle(invoice)
  }
  if (verb === 'void') {
    if (invoice.paid > 0) return 400
    invoice.status = 'void'
    model.balance -= invoice.applied
  }
  if (verb === 'markUncollectible') invoice.status = 'uncollectible'
  if (verb === 'delete') invoice.status = 'deleted'
  return 200
}

/** A payment of its own is attached; what it brings beyond what is due becomes the customer's credit. */
export function attach(model: Model, invoice: ModelInvoice, amount: number): 200 | 400 {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') return 400
  const surplus = Math.max(0, amount - remaining(invoice))
  invoice.paid += amount - surplus
  invoice.overpaid += surplus
  model.balance -= surplus
  if (remaining(invoice) === 0) invoice.status = 'paid'
  return 200
}

/** A note about a sum: on an open invoice it lowers what is due, on a paid one it is credited to the customer. */
export function credit(model: Model, invoice: ModelInvoice, id: string, amount: number): 200 | 400 {
  const isOpen = invoice.status === 'open'
  if (!isOpen && invoice.status !== 'paid') return 400
  if (amount > creditable(invoice)) return 400
  invoice.notes.push({ id, amount, isVoid: false })
  if (isOpen) {
    invoice.pre += amount
    invoice.due -= amount
    if (remaining(invoice) === 0) invoice.status = 'paid'
  } else {
    invoice.post += amount
    model.balance -= amount
  }
  return 200
}

export function voidNote(invoice: ModelInvoice, note: ModelInvoice['notes'][number]): 200 | 400 {
  if (invoice.status !== 'open' || note.isVoid) return 400
  note.isVoid = true
  invoice.pre -= note.amount
  invoice.due += note.amount
  return 200
}
