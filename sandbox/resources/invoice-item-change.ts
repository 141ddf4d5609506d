import { type Ctx, referred } from '@/sandbox/context'
import { mergeMetadata } from '@/sandbox/http/common-params'
import { invalidRequest } from '@/sandbox/http/errors'
import { type Params, paramAt } from '@/sandbox/http/params'
import { figuresAlone } from '@/sandbox/resources/invoice-figures'
import {
  type itemShape,
  namesPrice,
  type PriceInput,
  type Pricing,
  priceItem,
  repriceItem,
} from '@/sandbox/resources/invoice-item-pricing'
import type { InvoiceItemRecord } from '@/sandbox/resources/invoice-item-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { checkedRates } from '@/sandbox/resources/invoice-taxes'
import { redeemDiscounts } from '@/sandbox/resources/redeem-discounts'

type Extras = Pick<
  Params<typeof itemShape>,
  'description' | 'discountable' | 'discounts' | 'metadata' | 'period' | 'tax_rates'
>

/** Where an item is changed: the parameters' place in the request, and the draft that it is or will be on. */
type Place = { at: string; draft: InvoiceRecord | undefined }

/** A pending item. @param input what apart from its price the caller said about it */
export function createInvoiceItem(
  ctx: Ctx,
  customer: string,
  { label, ...pricing }: Pricing & { label: string | null },
  input: Extras,
  place: Place,
): InvoiceItemRecord {
  const span = input.period ?? { start: ctx.now, end: ctx.now }
  checkPeriod(span)
  const blank: InvoiceItemRecord = {
    id: ctx.newId('ii'),
    object: 'invoiceitem',
    ...pricing,
    customer,
    customer_account: null,
    date: ctx.now,
    description: input.description ?? label,
    discountable: pricing.amount >= 0 && (input.discountable ?? true),
    discounts: [],
    figures: { amount: pricing.amount, discount_amounts: [], taxes: [] },
    invoice: null,
    lineId: null,
    livemode: false,
    metadata: mergeMetadata({}, input.metadata),
    parent: null,
    period: span,
    proration: false,
    tax_rates: [],
    taxAmounts: null,
    test_clock: ctx.testClock,
  }
  const item = withMoneyInput(ctx, blank, input, place)
  ctx.store.put('invoiceItems', item)
  return item
}

/** The item with what the input changes of it; its price only when the input names one. */
export function updatedItem(
  ctx: Ctx,
  item: InvoiceItemRecord,
  input: PriceInput,
  place: Place & { priceParam?: string },
): InvoiceItemRecord {
  const where = { currency: item.currency, at: place.at, priceParam: place.priceParam }
  const { label, ...pricing } = namesPrice(input)
    ? priceItem(ctx, input, where)
    : { ...repriceItem(ctx, item, input, where), label: null }
  if (input.period) checkPeriod(input.period)
  const changed: InvoiceItemRecord = {
    ...item,
    ...pricing,
    description: input.description === undefined ? (label ?? item.description) : input.description,
    discountable: pricing.amount >= 0 && (input.discountable ?? item.discountable),
    metadata: mergeMetadata(item.metadata, input.metadata),
    period: input.period ?? item.period,
  }
  return withMoneyInput(ctx, changed, input, place)
}

/** Gives an item the discounts and tax rates of the input, and what it comes to with them. */
function withMoneyInput(
  ctx: Ctx,
  item: InvoiceItemRecord,
  { discounts, tax_rates: rates }: Extras,
  { at, draft }: Place,
): InvoiceItemRecord {
  const changed: InvoiceItemRecord = {
    ...item,
    discounts:
      discounts === undefined
        ? item.discounts
        : redeemDiscounts(
            ctx,
            discounts ?? [],
            {
              customer: item.customer,
              invoice: null,
              invoiceItem: item.id,
              currency: item.currency,
              amount: () => item.amount,
              known: [...item.discounts, ...discountsAround(ctx, item.customer, draft)],
            },
            paramAt(at, 'discounts'),
          ),
    tax_rates:
      rates === undefined
        ? item.tax_rates
        : checkedRates(ctx, rates ?? [], item.tax_rates, paramAt(at, 'tax_rates')),
  }
  return { ...changed, figures: figuresAlone(ctx, changed) }
}

/** Discounts that an item can share: its invoice's and its customer's. */
function discountsAround(ctx: Ctx, customer: string, draft: InvoiceRecord | undefined): string[] {
  const { discount } = referred(ctx, 'customers', customer)
  return [...(draft?.discounts ?? []), ...(discount === null ? [] : [discount])]
}

function checkPeriod({ start, end }: { start: number; end: number }): void {
  if (end < start) {
    throw invalidRequest('The end of the period must not be before its start.', { param: 'period[end]' })
  }
}
