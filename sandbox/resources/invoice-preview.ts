import { byParam, type Ctx } from '@/sandbox/context'
import { chargeLimits } from '@/sandbox/currencies'
import {
  addressShape,
  currency,
  mergeAddress,
  shippingFrom,
  shippingRule,
  taxBehavior,
} from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { clearable, hash, integer, list, oneOf, type Params, text, unbuilt } from '@/sandbox/http/params'
import { defaultCurrency } from '@/sandbox/resources/account'
import { blankCustomer, type CustomerRecord, livingCustomer } from '@/sandbox/resources/customer-record'
import { blankInvoice, sweepPending } from '@/sandbox/resources/invoice-create'
import { mostItems, withItem } from '@/sandbox/resources/invoice-edit'
import { invoiceShape } from '@/sandbox/resources/invoice-input'
import { createInvoiceItem, updatedItem } from '@/sandbox/resources/invoice-item-change'
import {
  currencyMismatch,
  itemPriceDataShape,
  itemShape,
  priceItem,
  unitAmountDecimal,
} from '@/sandbox/resources/invoice-item-pricing'
import { type Line, serializeLine } from '@/sandbox/resources/invoice-item-record'
import { applyMoneyInput } from '@/sandbox/resources/invoice-money-input'
import { keepPreview } from '@/sandbox/resources/invoice-preview-record'
import {
  type Invoice,
  type InvoiceRecord,
  itemsOf,
  refreshDraft,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import { goodsTable, type PreviewGoods } from '@/sandbox/resources/preview-goods'
import { taxIdRule } from '@/sandbox/resources/tax-id-record'
import type { Tables } from '@/sandbox/store/tables'
import { settle } from '@/sandbox/totals'

const { pricing: _, ...sharedItemShape } = itemShape

const previewItemShape = {
  ...sharedItemShape,
  currency,
  invoiceitem: text(255),
  price: text(255),
  price_data: hash(itemPriceDataShape),
  tax_behavior: taxBehavior,
  tax_code: unbuilt((value) => value === ''),
  unit_amount: integer(),
  unit_amount_decimal: unitAmountDecimal,
}

const previewShape = {
  automatic_tax: invoiceShape.automatic_tax,
  currency,
  customer: text(255),
  customer_details: hash({
    address: clearable(hash(addressShape)),
    shipping: clearable(shippingRule),
    tax: hash({ ip_address: clearable(text(255)) }),
    tax_exempt: clearable(oneOf('none', 'exempt', 'reverse')),
    tax_ids: list(taxIdRule),
  }),
  discounts: invoiceShape.discounts,
  invoice_items: list(hash(previewItemShape), mostItems),
  issuer: invoiceShape.issuer,
  preview_mode: unbuilt((value) => value === 'next'),
  customer_account: unbuilt(),
  on_behalf_of: unbuilt((value) => value === ''),
  schedule: unbuilt(),
  schedule_details: unbuilt(),
  subscription: unbuilt(),
  subscription_details: unbuilt(),
}

type PreviewParams = Params<typeof previewShape>
type PreviewItem = Params<typeof previewItemShape>

/** What previews call what they show, instead of an invoice and its lines. */
const previewPrefixes = new Map([
  ['in', 'upcoming_in'],
  ['il', 'il_tmp'],
])

/**
 * What an invoice of these items and of the customer's pending ones would come to. It is made like any draft and then
 * taken back, so that it cannot differ from one; only the answer stays, to be read again.
 */
function previewInvoice(ctx: Ctx, params: PreviewParams): Invoice {
  const rehearsing: Ctx = {
    ...ctx,
    newId: (prefix) => ctx.newId(previewPrefixes.get(prefix) ?? prefix),
    noteLink: () => undefined,
  }
  const { value, changes } = ctx.store.rehearse(() => draftUpcoming(rehearsing, params))
  const goods: PreviewGoods[] = []
  for (const change of changes) {
    const table = 'put' in change ? goodsTable(change.put) : undefined
    if (!table || !('put' in change) || ctx.store.table(table).has(change.row.id)) continue
    ctx.store.put(table, change.row as Tables[typeof table])
    goods.push({ table, id: change.row.id })
  }
  keepPreview(ctx, { ...value, goods })
  return value.invoice
}

function draftUpcoming(ctx: Ctx, params: PreviewParams): { invoice: Invoice; lines: Line[] } {
  const { customer_details: details, invoice_items: items = [], discounts } = params
  const buyer = writeBuyer(ctx, params)
  const blank = blankInvoice(ctx, buyer, currencyOf(ctx, params, buyer))
  const filled = items.reduce(
    (draft, item, index) => withPreviewItem(ctx, draft, item, `invoice_items[${index}]`),
    sweepPending(ctx, blank),
  )
  if (filled.itemIds.length === 0) throw noneUpcoming(params.customer)
  const draft = refreshDraft(ctx, applyMoneyInput(ctx, filled, discounts === undefined ? {} : { discounts }))
  const { endingBalance } = settle(
    BigInt(draft.total),
    BigInt(draft.starting_balance),
    chargeLimits(draft.currency),
  )
  const invoice = serializeInvoice(ctx, {
    ...draft,
    billing_reason: 'upcoming',
    ending_balance: Number(endingBalance),
    customer_tax_ids: details?.tax_ids ?? draft.customer_tax_ids,
  })
  return {
    invoice: { ...invoice, customer: params.customer ?? null },
    lines: itemsOf(ctx, draft).map((item) => serializeLine(ctx, item)),
  }
}

/** The customer with the details that the preview assumes, or one made of nothing else. */
function writeBuyer(ctx: Ctx, { customer: id, customer_details: details }: PreviewParams): CustomerRecord {
  if (id === undefined && !details) throw missingParameter('customer')
  const known = id === undefined ? blankCustomer(ctx) : livingCustomer(ctx, id, 'customer', 400)
  const buyer: CustomerRecord = {
    ...known,
    ...(details?.address === undefined
      ? {}
      : { address: details.address && mergeAddress(null, details.address) }),
    ...(details?.shipping === undefined
      ? {}
      : { shipping: details.shipping && shippingFrom(details.shipping) }),
    ...(details?.tax_exempt === undefined ? {} : { tax_exempt: details.tax_exempt ?? 'none' }),
  }
  ctx.store.put('customers', buyer)
  return buyer
}

/** Where neither the request nor the customer has a currency, the first item that has one decides. */
function currencyOf(
  ctx: Ctx,
  { currency: asked, invoice_items: items = [] }: PreviewParams,
  buyer: CustomerRecord,
): string {
  const named = items.map(
    ({ currency: own, price_data, price }) =>
      own ??
      price_data?.currency ??
      (price === undefined ? undefined : ctx.store.get('prices', price)?.currency),
  )
  return asked ?? buyer.currency ?? named.find((code) => code !== undefined) ?? defaultCurrency
}

function withPreviewItem(ctx: Ctx, draft: InvoiceRecord, input: PreviewItem, at: string): InvoiceRecord {
  const { price, unit_amount: whole, unit_amount_decimal: exact, invoiceitem: id, ...rest } = input
  if (whole !== undefined && exact !== undefined) {
    throw exclusiveParameters(`${at}[unit_amount]`, `${at}[unit_amount_decimal]`)
  }
  if (rest.currency !== undefined && rest.currency !== draft.currency) {
    throw currencyMismatch(rest.currency, draft.currency, `${at}[currency]`)
  }
  const unit = whole === undefined ? exact : String(whole)
  const asked = {
    ...rest,
    ...(price === undefined ? {} : { pricing: { price } }),
    ...(unit === undefined ? {} : { unit_amount_decimal: unit }),
  }
  const where = { currency: draft.currency, at, priceParam: 'price' }
  if (id === undefined) {
    const item = createInvoiceItem(ctx, draft.customer, priceItem(ctx, asked, where), asked, { at, draft })
    return withItem(ctx, draft, item, { isNew: true })
  }
  const item = byParam(ctx, 'invoiceItems', id, `${at}[invoiceitem]`)
  if (!draft.itemIds.includes(id)) {
    throw invalidRequest(`The invoice item ${id} is not among the pending items of this customer.`, {
      param: `${at}[invoiceitem]`,
    })
  }
  ctx.store.put('invoiceItems', updatedItem(ctx, item, asked, { at, draft, priceParam: where.priceParam }))
  return draft
}

function noneUpcoming(customer: string | undefined) {
  const whom = customer === undefined ? '' : ` for customer: ${customer}`
  return invalidRequest(`No upcoming invoices${whom}`, { code: 'invoice_upcoming_none' }, 404)
}

export const invoicePreviewEndpoints = [
  endpoint({
    route: 'POST /v1/invoices/create_preview',
    returns: 'invoice',
    params: previewShape,
    run: previewInvoice,
  }),
]
