import { type InvoiceStatus, invoiceStatuses, type MoveReason } from '@/lib/domain/invoice'
import { formatMoney } from '@/lib/domain/money'

/** Why an action is off, beside it. */
const reasons: Record<MoveReason, string> = {
  already_finalized: 'It is already final, with a number. Void it if it was made in error.',
  already_paid: 'It is already paid.',
  already_void: 'It is void, and stays so.',
  already_uncollectible: 'It is marked uncollectible. Only a payment or voiding can change that.',
  still_draft: 'It is still a draft. Finalize it first, or delete it.',
  not_draft: 'Only drafts can be deleted. Void it instead.',
  no_lines: 'It has no lines. An invoice needs at least one before it becomes final.',
  no_email: 'The customer has no e-mail address. Add one in Stripe, or copy the customer’s link instead.',
  charged_automatically: 'Stripe charges the customer’s saved payment method; such invoices are not mailed.',
  partly_paid: 'A part of it is paid. Stripe does not void invoices that money was paid for.',
  payment_processing: 'A payment is on its way. Wait until Stripe says how it ended.',
  role_may_not: 'Your role only reads. Ask somebody of the billing team, or an admin, to do this.',
}

export function moveReasonSentence(reason: MoveReason): string {
  return reasons[reason]
}

const isReason = (code: string | undefined): code is MoveReason =>
  code !== undefined && Object.hasOwn(reasons, code)

/** What came between a person's look at an invoice and their press of the button; for `move_refused`. */
export function explainRefusedMove(params: Record<string, string> = {}): { what: string; next: string } {
  const { reason } = params
  if (reason === 'changed') {
    return {
      what: `This invoice has changed since you opened it: ${changeOf(params)}. Nothing was done.`,
      next: 'Look at it again, then decide again.',
    }
  }
  return {
    what: isReason(reason) ? `${reasons[reason]} Nothing was done.` : 'This invoice does not allow that now.',
    next: 'The page now shows its current state.',
  }
}

const statuses: Record<InvoiceStatus, string> = {
  draft: 'a draft',
  open: 'open',
  paid: 'paid',
  void: 'void',
  uncollectible: 'uncollectible',
}

function changeOf({
  status = '',
  seenStatus = '',
  amountRemaining = '',
  seenAmountRemaining = '',
  currency = '',
}: Record<string, string>): string {
  if (status !== seenStatus) return `it was ${statusWord(seenStatus)} and is ${statusWord(status)} now`
  const [was, is] = [moneyOf(seenAmountRemaining, currency), moneyOf(amountRemaining, currency)]
  return was === null || is === null
    ? 'the amount is another one'
    : `${was} was to be paid and it is ${is} now`
}

function statusWord(status: string): string {
  const known = invoiceStatuses.find((one) => one === status)
  return known ? statuses[known] : 'something else'
}

function moneyOf(minor: string, currency: string): string | null {
  if (!/^-?\d+$/.test(minor) || !/^[a-z]{3}$/.test(currency)) return null
  return formatMoney(BigInt(minor), currency)
}
