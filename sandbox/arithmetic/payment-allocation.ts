/** What one invoice gets out of a payment, in minor units. */
export type Share = { paid: number; overpaid: number }

/**
 * Spreads a payment over the invoices it was attached to: each gets what it still needs, in their order, and what
 * nobody needs is overpaid on the last.
 * @param amount what came in, in minor units
 * @param needs what remains due on each invoice, in minor units; none below 0
 */
export function allocatePayment(amount: number, needs: readonly number[]): Share[] {
  let left = amount
  return needs.map((need, at) => {
    const paid = Math.min(left, need)
    left -= paid
    return { paid, overpaid: at === needs.length - 1 ? left : 0 }
  })
}
