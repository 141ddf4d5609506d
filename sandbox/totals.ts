import { divideHalfUp, parseDecimal } from '@/sandbox/decimal'

/** Minor units of one currency. Sums of untrusted amounts stay exact whatever their size. */
export type Minor = bigint

/** `unit_amount_decimal × quantity_decimal`, rounded half up to whole minor units. */
export function lineAmount(unitAmountDecimal: string, quantityDecimal: string): Minor {
  const unit = parseDecimal(unitAmountDecimal)
  const quantity = parseDecimal(quantityDecimal)
  return divideHalfUp(unit.coefficient * quantity.coefficient, 10n ** BigInt(unit.scale + quantity.scale))
}

/** A movement of the customer's balance; negative is credit to the customer. */
type BalanceMovement = {
  type: 'applied_to_invoice' | 'invoice_too_small' | 'invoice_too_large'
  amount: Minor
}

type Settlement = { amountDue: Minor; endingBalance: Minor; movements: BalanceMovement[] }

/** What remains to pay once the customer's balance has been taken into account. */
export function amountDue(total: Minor, startingBalance: Minor): Minor {
  const due = total + startingBalance
  return due > 0n ? due : 0n
}

/**
 * What finalization does with the customer's balance (negative = credit): credit lowers what is due, debit and
 * negative totals are carried over, and what is too small or too large to charge is owed on the balance instead.
 */
export function settle(
  total: Minor,
  startingBalance: Minor,
  limits: { minimum: Minor; maximum: Minor },
): Settlement {
  const due = amountDue(total, startingBalance)
  const carried = total + startingBalance - due
  const movements: BalanceMovement[] =
    carried === startingBalance ? [] : [{ type: 'applied_to_invoice', amount: carried - startingBalance }]
  if (due === 0n || (due >= limits.minimum && due <= limits.maximum)) {
    return { amountDue: due, endingBalance: carried, movements }
  }
  const type = due < limits.minimum ? 'invoice_too_small' : 'invoice_too_large'
  return { amountDue: 0n, endingBalance: carried + due, movements: [...movements, { type, amount: due }] }
}
