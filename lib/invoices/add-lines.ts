import 'server-only'
import { linePlaceKey } from '@/lib/db/invoice-lines'
import { crashAt } from '@/lib/operations/crash-at'
import type { OperationRun } from '@/lib/operations/run-operation'
import { impatient, stripe } from '@/lib/stripe/client'
import { decimal } from '@/lib/stripe/decimal'
import { operationMark, orMissing } from '@/lib/stripe/find-made'
import type { PlannedLine } from './planned-lines'

/**
 * Writes lines to a draft, in order, in as few calls as Stripe allows: `add_lines` takes any number of lines, all or
 * none of them, but knows a one-off amount only without a quantity. (Its `price_data` would take one, but no negative
 * amounts, and leaves a product in the catalog for each line.) A one-off amount times a quantity therefore goes as an
 * invoice item, which has `unit_amount_decimal` and `quantity_decimal`.
 *
 * Each call is a step of its own, and each line says which operation wrote it and where it stands: taken up again, what was
 * written is found and not written twice.
 */
export async function addLines(
  run: OperationRun,
  invoiceId: string,
  lines: readonly PlannedLine[],
): Promise<void> {
  for (const [index, batch] of batches(lines).entries()) {
    const [first] = batch
    await run.step<{ id: string }>(`lines/${index}`, {
      call: ({ idempotencyKey }) =>
        first && needsItem(first)
          ? addItem(run.id, invoiceId, first, idempotencyKey)
          : addBatch(run.id, invoiceId, batch, idempotencyKey),
      find: () => findWritten(run.id, invoiceId, batch),
    })
    crashAt('mid_items', `lines/${index}`)
  }
}

/** The invoice, when it has one of these lines of this operation: a call writes all of its lines or none. */
async function findWritten(
  operationId: string,
  invoiceId: string,
  batch: readonly PlannedLine[],
): Promise<{ id: string } | null> {
  const places = new Set(batch.map(({ place }) => String(place)))
  const lines = await orMissing(
    stripe().invoices.listLineItems(invoiceId, { limit: 100 }, impatient).autoPagingToArray({ limit: 1_000 }),
  )
  const isWritten = lines?.some(
    ({ metadata }) => metadata[operationMark] === operationId && places.has(metadata[linePlaceKey] ?? ''),
  )
  return isWritten ? { id: invoiceId } : null
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

const metadataOf = (operationId: string, { place }: PlannedLine) => ({
  [linePlaceKey]: String(place),
  [operationMark]: operationId,
})

function addBatch(operationId: string, invoiceId: string, batch: PlannedLine[], idempotencyKey: string) {
  const lines = batch.map((line) => ({
    description: line.description,
    metadata: metadataOf(operationId, line),
    ...(line.kind === 'amount'
      ? { amount: line.unitAmount }
      : { pricing: { price: line.priceId }, quantity_decimal: decimal(line.quantity) }),
  }))
  return stripe().invoices.addLines(invoiceId, { lines }, { idempotencyKey })
}

function addItem(operationId: string, invoiceId: string, line: AmountLine, idempotencyKey: string) {
  return stripe().invoiceItems.create(
    {
      invoice: invoiceId,
      currency: line.currency,
      description: line.description,
      unit_amount_decimal: decimal(String(line.unitAmount)),
      quantity_decimal: decimal(line.quantity),
      metadata: metadataOf(operationId, line),
    },
    { idempotencyKey },
  )
}
