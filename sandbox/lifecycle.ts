/** The five statuses of an invoice. There is no "overdue", "sent" or "partially paid". */
export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'

/** What can be asked of an invoice. `edit` is anything that changes its lines. */
export type Move =
  | 'finalize'
  | 'send'
  | 'pay'
  | 'attach_payment'
  | 'void'
  | 'mark_uncollectible'
  | 'revise'
  | 'credit'
  | 'delete'
  | 'edit'

/** Allowed, or Stripe's refusal. */
type Verdict = true | { message: string; code?: string }

const onlyOpen: Verdict = { message: "You can only pass in open invoices. This invoice isn't open." }
const alreadyFinalized: Verdict = {
  message: "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
}
const cannotSend: Verdict = {
  message: 'You cannot send this invoice right now. Only open invoices can be sent.',
}
const onlyOpenRevised: Verdict = {
  message: 'You can only revise invoices that are open or uncollectible.',
}
const onlyOpenOrPaidCredited: Verdict = {
  message: 'You can only issue credit notes for invoices that are open or paid.',
}
const onlyDraftsDeleted: Verdict = { message: 'You can only delete draft invoices.' }
const notEditable: Verdict = {
  message: 'This invoice is no longer editable.',
  code: 'invoice_not_editable',
}

/**
 * Every move in every status. Two cells follow Stripe's documentation against a recorded probe or without one, see
 * the README: voiding an uncollectible invoice, and sending void or uncollectible ones.
 */
export const moves: Record<Move, Record<InvoiceStatus, Verdict>> = {
  finalize: {
    draft: true,
    open: alreadyFinalized,
    paid: alreadyFinalized,
    uncollectible: alreadyFinalized,
    void: alreadyFinalized,
  },
  send: { draft: true, open: true, paid: cannotSend, uncollectible: cannotSend, void: cannotSend },
  pay: {
    draft: true,
    open: true,
    paid: { message: 'Invoice is already paid' },
    uncollectible: true,
    void: onlyOpen,
  },
  attach_payment: {
    draft: onlyOpen,
    open: true,
    paid: { message: 'Invoice is already paid' },
    uncollectible: true,
    void: onlyOpen,
  },
  void: {
    draft: onlyOpen,
    open: true,
    paid: { message: 'You cannot void an invoice with paid payments.' },
    uncollectible: true,
    void: onlyOpen,
  },
  mark_uncollectible: {
    draft: onlyOpen,
    open: true,
    paid: onlyOpen,
    uncollectible: { message: 'This invoice is already marked as uncollectible.' },
    void: onlyOpen,
  },
  revise: {
    draft: onlyOpenRevised,
    open: true,
    paid: onlyOpenRevised,
    uncollectible: true,
    void: onlyOpenRevised,
  },
  credit: {
    draft: onlyOpenOrPaidCredited,
    open: true,
    paid: true,
    uncollectible: onlyOpenOrPaidCredited,
    void: onlyOpenOrPaidCredited,
  },
  delete: {
    draft: true,
    open: onlyDraftsDeleted,
    paid: onlyDraftsDeleted,
    uncollectible: onlyDraftsDeleted,
    void: onlyDraftsDeleted,
  },
  edit: {
    draft: true,
    open: notEditable,
    paid: notEditable,
    uncollectible: notEditable,
    void: notEditable,
  },
}

/** Fields that may still change after finalization, by status; a draft may change all of them. */
export const editableFields: Record<Exclude<InvoiceStatus, 'draft'>, readonly string[]> = {
  open: [
    'metadata',
    'auto_advance',
    'rendering',
    'default_payment_method',
    'default_source',
    'payment_settings',
  ],
  paid: ['metadata', 'rendering'],
  uncollectible: ['metadata', 'rendering'],
  void: ['metadata', 'rendering'],
}
