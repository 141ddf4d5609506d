import 'server-only'
import { parseAmount, toMinorUnits } from '@/lib/domain/money'
import { AppFailure } from '@/lib/domain/result'

/** Minor units of what a person typed and the input's schema has already read; refused here too, for other callers. */
export function typedAmount(text: string, currency: string): number {
  const amount = parseAmount(text, currency)
  if (!amount.ok) throw new AppFailure({ code: 'invalid_input', fields: { amount: amount.problem } })
  return toMinorUnits(amount.value)
}
