'use client'

import { useDeferredValue } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { Sheet } from '@/components/ui/sheet'
import { useTimeZone } from '@/components/ui/time-zone'
import { useNow } from '@/components/ui/use-now'
import { addDays, type CalendarDate, calendarDate } from '@/lib/domain/dates'
import { editorTotals, unitAmountOf } from './editor-totals'
import { daysUntilDue, type EditorValues, isBlank, writtenLines } from './editor-values'
import { InvoiceSheet, type SheetInvoice } from './invoice-sheet'

/** The invoice as the customer will see it, following the typing without slowing it. */
export function EditorPreview() {
  const { control } = useFormContext<EditorValues>()
  const values = useDeferredValue(useWatch({ control, compute: (written: EditorValues) => written }))
  const today = useToday()
  return (
    <section aria-label="Preview" className="flex flex-col gap-2">
      <Sheet>
        <InvoiceSheet invoice={toSheet(values, today)} />
      </Sheet>
      <p className="text-ink-muted text-xs">
        A preview. Stripe calculates the invoice, with tax where you collect it, and gives it its number.
      </p>
    </section>
  )
}

/** The billing entity's day; null until the browser's clock is known. */
function useToday(): CalendarDate | null {
  const zone = useTimeZone()
  const now = useNow()
  return now === null ? null : calendarDate(now, zone)
}

function toSheet(values: EditorValues, today: CalendarDate | null): SheetInvoice {
  const totals = editorTotals(values)
  const days = daysUntilDue(values)
  const lines = writtenLines(values.lines).map(({ line }, index) => ({
    description: line.description.trim() || (line.price?.productName ?? null),
    quantity: line.quantity.trim() || '—',
    unitAmountDecimal: unitAmountOf(line, values.currency),
    amount: totals.lines[index]?.amount ?? null,
    isBlank: isBlank(line),
  }))
  return {
    number: null,
    sellerName: null,
    customerName: values.customer?.name ?? values.customer?.email ?? null,
    currency: values.currency,
    issuedOn: today,
    dueOn: today === null || days === null ? null : addDays(today, days),
    lines: lines.filter((line) => !line.isBlank),
    totals: [
      { label: 'Total', minor: totals.total, weight: 'sum' },
      { label: 'Amount due', minor: totals.total, weight: 'total' },
    ],
    memo: values.memo.trim() || null,
    footer: null,
  }
}
