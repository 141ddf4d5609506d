import type { FieldPath } from 'react-hook-form'
import { z } from 'zod'
import { createInvoiceInput } from '@/lib/domain/invoice-input'
import { totalsProblems } from '@/lib/domain/invoice-totals'
import { editorTotals } from './editor-totals'
import { type EditorValues, toInvoiceInput, writtenLines } from './editor-values'

export type EditorField = FieldPath<EditorValues>

/** Stands in for the id that is minted when the invoice is asked for, so that the action's own schema checks the form. */
const anyOperationId = z.uuid().parse('00000000-0000-4000-8000-000000000000')

/** What is wrong with the form, by field, as reason codes of `lib/words/fields.ts`. Empty when it can be sent. */
export function editorProblems(values: EditorValues): Map<EditorField, string> {
  const parsed = createInvoiceInput.safeParse({ ...toInvoiceInput(values), operationId: anyOperationId })
  const issues = parsed.error?.issues.map((issue) => [issue.path.join('.'), issue.message] as const) ?? []
  const totals = Object.entries(totalsProblems(editorTotals(values), values.currency, values.until))
  const problems = priceProblems(values)
  for (const [path, reason] of [...issues, ...totals]) {
    const field = editorField(path, values)
    if (field !== null && !problems.has(field)) problems.set(field, field === 'otherDays' ? 'days' : reason)
  }
  return problems
}

/** A field of the action's input as a field of the form; null for what no field shows. */
export function editorField(path: string, { lines, terms }: EditorValues): EditorField | null {
  const [, index, name] = /^lines\.(\d+)(?:\.(\w+))?$/.exec(path) ?? []
  if (index !== undefined) {
    const line = writtenLines(lines)[Number(index)]?.index ?? 0
    return `lines.${line}.${lineFields[name ?? ''] ?? 'description'}`
  }
  if (path === 'daysUntilDue') return terms === 'other' ? 'otherDays' : 'terms'
  return headFields[path] ?? null
}

const headFields: Record<string, EditorField> = {
  customerId: 'customer',
  currency: 'currency',
  memo: 'memo',
  lines: 'lines',
}

const lineFields: Record<string, 'price' | 'description' | 'quantity' | 'unitAmount'> = {
  priceId: 'price',
  description: 'description',
  quantity: 'quantity',
  unitAmount: 'unitAmount',
}

/** Stripe refuses a price of another currency than the invoice's. */
function priceProblems({ lines, currency }: EditorValues): Map<EditorField, string> {
  const problems = new Map<EditorField, string>()
  for (const [index, { price }] of lines.entries()) {
    if (price !== null && price.currency !== currency) problems.set(`lines.${index}.price`, 'price_currency')
  }
  return problems
}
