import 'server-only'
import { db } from '@/lib/db/client'
import type { CreateInvoiceInput } from '@/lib/domain/invoice-input'
import { previewTotals, totalsProblems } from '@/lib/domain/invoice-totals'
import { AppFailure } from '@/lib/domain/result'
import type { PlannedLine } from './planned-lines'

/**
 * What Stripe would refuse half-way, or take and regret, is refused before anything is sent: throws `invalid_input` with
 * a reason code of `lib/words/fields.ts` at each field. Customer and prices are the mirror's.
 */
export async function checkInvoiceInput(input: CreateInvoiceInput, lines: PlannedLine[]): Promise<void> {
  const [customer, prices] = await Promise.all([customerProblems(input), pricesOf(lines)])
  const fields = { ...customer, ...priceProblems(lines, prices, input.currency) }
  if (Object.keys(fields).length > 0) throw new AppFailure({ code: 'invalid_input', fields })
  const totals = previewTotals(
    lines.map((line) => ({
      quantity: line.quantity,
      unitAmountDecimal:
        line.kind === 'amount' ? String(line.unitAmount) : (prices.get(line.priceId)?.unitAmount ?? ''),
    })),
  )
  const problems = totalsProblems(totals, input.currency, input.until)
  if (Object.keys(problems).length > 0) throw new AppFailure({ code: 'invalid_input', fields: problems })
}

type Problems = Record<string, string>

async function customerProblems({ customerId, until }: CreateInvoiceInput): Promise<Problems> {
  const customer = await db().customer.findUnique({
    where: { id: customerId },
    select: { email: true, deletedAt: true },
  })
  if (!customer) return { customerId: 'customer_unknown' }
  if (customer.deletedAt !== null) return { customerId: 'customer_deleted' }
  return until === 'sent' && !customer.email ? { customerId: 'customer_without_email' } : {}
}

type KnownPrice = {
  currency: string
  unitAmount: string | null
  isRecurring: boolean
  isActive: boolean
}

async function pricesOf(lines: PlannedLine[]): Promise<Map<string, KnownPrice>> {
  const ids = lines.flatMap((line) => (line.kind === 'price' ? [line.priceId] : []))
  const prices = await db().price.findMany({
    where: { id: { in: ids }, deletedAt: null },
    omit: { raw: true },
  })
  const products = await db().product.findMany({
    where: { id: { in: prices.map(({ productId }) => productId) }, isActive: true, deletedAt: null },
    select: { id: true },
  })
  const offered = new Set(products.map(({ id }) => id))
  return new Map(
    prices.map((price) => [
      price.id,
      {
        currency: price.currency,
        unitAmount: price.unitAmountDecimal?.toFixed() ?? null,
        isRecurring: price.isRecurring,
        isActive: price.isActive && offered.has(price.productId),
      },
    ]),
  )
}

function priceProblems(lines: PlannedLine[], prices: Map<string, KnownPrice>, currency: string): Problems {
  const problems: Problems = {}
  for (const line of lines) {
    if (line.kind !== 'price') continue
    const reason = priceProblem(prices.get(line.priceId), currency)
    if (reason !== null) problems[`lines.${line.place}.priceId`] = reason
  }
  return problems
}

function priceProblem(price: KnownPrice | undefined, currency: string): string | null {
  if (!price) return 'price_unknown'
  if (!price.isActive) return 'price_archived'
  if (price.isRecurring) return 'price_recurring'
  if (price.currency !== currency) return 'price_currency'
  return price.unitAmount === null ? 'price_without_amount' : null
}
