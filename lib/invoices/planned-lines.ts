import type { InvoiceLineInput } from '@/lib/domain/invoice-input'
import { parseAmount, toMinorUnits } from '@/lib/domain/money'
import { AppFailure } from '@/lib/domain/result'

/** A line as it will be written to Stripe. `place` is where it stands on the invoice, from 0. */
export type PlannedLine = {
  place: number
  description: string | undefined
  /** A plain decimal. */
  quantity: string
} & ({ kind: 'price'; priceId: string } | { kind: 'amount'; unitAmount: number; currency: string })

/** Amounts typed by people become minor units of `currency`. Refused here too, for callers that are no form. */
export function planLines(lines: readonly InvoiceLineInput[], currency: string): PlannedLine[] {
  return lines.map((line, place) => {
    const { quantity } = line
    const description = line.description || undefined
    if (line.kind === 'price') return { kind: 'price', place, description, quantity, priceId: line.priceId }
    const amount = parseAmount(line.unitAmount, currency, { negative: true })
    if (!amount.ok) {
      throw new AppFailure({
        code: 'invalid_input',
        fields: { [`lines.${place}.unitAmount`]: amount.problem },
      })
    }
    const unitAmount = toMinorUnits(amount.value)
    return { kind: 'amount', place, description, quantity, unitAmount, currency }
  })
}
