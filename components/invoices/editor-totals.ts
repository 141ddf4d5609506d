import { type PreviewTotals, previewTotals } from '@/lib/domain/invoice-totals'
import { parseAmount } from '@/lib/domain/money'
import { type EditorValues, type LineValues, writtenLines } from './editor-values'

/** What the invoice comes to as it is written now; `lines` are the written ones, in their order. */
export function editorTotals({ lines, currency }: Pick<EditorValues, 'lines' | 'currency'>): PreviewTotals {
  return previewTotals(
    writtenLines(lines).map(({ line }) => ({
      unitAmountDecimal: unitAmountOf(line, currency) ?? '',
      quantity: line.quantity,
    })),
  )
}

/** A line's price for one unit, in minor units as a decimal string; null while it cannot be read. */
export function unitAmountOf({ price, unitAmount }: LineValues, currency: string): string | null {
  if (price !== null) return price.unitAmountDecimal
  const parsed = parseAmount(unitAmount, currency, { negative: true })
  return parsed.ok ? parsed.value.toString() : null
}
