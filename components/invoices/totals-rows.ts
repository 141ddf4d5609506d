import type { TotalsRow } from '@/components/ui/totals-list'

/** Integer minor units. `balanceApplied` below zero lowers what is due. */
export type TotalsFacts = {
  subtotal: number
  total: number
  balanceApplied: number
  amountPaid: number
  amountRemaining: number
  isVoid: boolean
}

/**
 * How the amount due comes about. From the total on, the parts always add up to the last row: what Duebook has no name
 * for (a credit note made in Stripe, say) stands in a row of its own instead of leaving a figure unexplained.
 */
export function totalsRows(facts: TotalsFacts): TotalsRow[] {
  const { subtotal, total, balanceApplied, amountPaid, amountRemaining, isVoid } = facts
  const due = isVoid ? 0 : amountRemaining
  const adjusted = amountRemaining - (total + balanceApplied - amountPaid)
  const parts: TotalsRow[] = [
    { label: 'Balance applied', minor: balanceApplied },
    { label: 'Paid', minor: -amountPaid },
    { label: 'Credited or adjusted', minor: adjusted },
    { label: 'Voided', minor: isVoid ? -amountRemaining : 0 },
  ]
  return [
    ...(subtotal === total ? [] : [{ label: 'Subtotal', minor: subtotal }]),
    { label: 'Total', minor: total, weight: 'sum' },
    ...parts.filter((part) => part.minor !== 0),
    { label: 'Amount due', minor: due, weight: 'total' },
  ]
}
