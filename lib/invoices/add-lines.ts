import 'server-only'
import { linePlaceKey } from '@/lib/db/invoice-lines'
import type { OperationRun } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { decimal } from '@/lib/stripe/decimal'
import type { PlannedLine } from './planned-lines'

/**
 * Writes lines to a draft, in order, in as few calls as Stripe allows: `add_lines` takes any number of lines, all or
 * none of them, but knows a one-off amount only without a quantity. (Its `price_data` would take one, but no negative
 * amounts, and leaves a product in the catalog for each line.) A one-off amount times a quantity therefore goes as an
 * invoice item, which has `unit_amount_decimal` and `quantity_decimal`.
 *
 * Each call is a step of its own with its own key: taken up again, what was written is not written twice.
 */
export async function addLines(
  run: OperationRun,
  invoiceId: string,
  lines: readonly PlannedLine[],
): Promise<void> {
  for (const [index, batch] of batches(lines).entries()) {
    const step = `lines/${index}`
    const [first] = batch
    const answer =
      first && needsItem(first)
        ? await addItem(invoiceId, first, run.key(step))
        : await addBatch(invoiceId, batch, run.key(step))
    await run.reached(step, answer.lastResponse.requestId)
  }
}

type AmountLine = Extract<PlannedLine, { kind: 'amount' }>

const isOne = (quantity: string) => /^0*1(\.0*)?$/.test(quantity)

function needsItem(line: PlannedLine): line is AmountLine {
  return line.kind === 'amount' && !isOne(line.quantity)
}

/** Consecutive lines that one call carries. */
export function batches(lines: readonly PlannedLine[]): PlannedLine[][] {
  const result: PlannedLine[][] = []
  for (const line of lines) {
    const last = result.at(-1)
    const isAlone = needsItem(line) || last?.some(needsItem)
    if (last && !isAlone) last.push(line)
    else result.push([line])
  }
  return result
}

const metadataOf = ({ place }: PlannedLine) => ({ [linePlaceKey]: String(place) })

function addBatch(invoiceId: string, batch: PlannedLine[], idempotencyKey: string) {
  const lines = batch.map((line) => ({
    description: line.description,
    metadata: metadataOf(line),
    ...(line.kind === 'amount'
      ? { amount: line.unitAmount }
      : { pricing: { price: line.priceId }, quantity_decimal: decimal(line.quantity) }),
  }))
  return stripe().invoices.addLines(invoiceId, { lines }, { idempotencyKey })
}

function addItem(invoiceId: string, line: AmountLine, idempotencyKey: string) {
  return stripe().invoiceItems.create(
    {
      invoice: invoiceId,
      currency: line.currency,
      description: line.description,
      unit_amount_decimal: decimal(String(line.unitAmount)),
      quantity_decimal: decimal(line.quantity),
      metadata: metadataOf(line),
    },
    { idempotencyKey },
  )
}
