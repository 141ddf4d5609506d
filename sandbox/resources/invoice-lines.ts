import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { mergeMetadata, metadata } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, noSuch } from '@/sandbox/http/errors'
import { pageParams, slicePage } from '@/sandbox/http/pagination'
import { hash, list, oneOf, type Params, required, text } from '@/sandbox/http/params'
import { stampCurrency } from '@/sandbox/resources/customer-record'
import { editLines, mostItems, permit, withItem, withoutItem } from '@/sandbox/resources/invoice-edit'
import { figuresAlone } from '@/sandbox/resources/invoice-figures'
import { createInvoiceItem, updatedItem } from '@/sandbox/resources/invoice-item-change'
import {
  currencyMismatch,
  itemShape,
  linePriceDataShape,
  namesPrice,
  priceItem,
} from '@/sandbox/resources/invoice-item-pricing'
import {
  type InvoiceItemRecord,
  serializeInvoiceItem,
  serializeLine,
} from '@/sandbox/resources/invoice-item-record'
import { previewAt } from '@/sandbox/resources/invoice-preview-record'
import { type InvoiceRecord, itemsOf, serializeInvoice } from '@/sandbox/resources/invoice-record'
import { givenTaxes, taxAmountsRule } from '@/sandbox/resources/invoice-taxes'

const lineShape = {
  ...itemShape,
  price_data: hash(linePriceDataShape),
  tax_amounts: taxAmountsRule,
}
const addShape = { ...lineShape, invoice_item: text(255) }

type Addition = Params<typeof addShape>

function addLine(ctx: Ctx, draft: InvoiceRecord, input: Addition, at: string): InvoiceRecord {
  if (input.invoice_item !== undefined) return adoptItem(ctx, draft, input, input.invoice_item, at)
  const pricing = priceItem(ctx, input, { currency: draft.currency, at })
  const item = createInvoiceItem(ctx, draft.customer, pricing, input, { at, draft })
  stampCurrency(ctx, atPath(ctx, 'customers', draft.customer), item.currency)
  return withItem(ctx, draft, withTaxAmounts(ctx, item, input), { isNew: true })
}

/** Taxes that were calculated elsewhere live on lines alone: items know nothing of them. */
function withTaxAmounts(
  ctx: Ctx,
  item: InvoiceItemRecord,
  { tax_amounts: amounts }: Params<typeof lineShape>,
): InvoiceItemRecord {
  if (amounts === undefined) return item
  return { ...item, taxAmounts: amounts === null || amounts.length === 0 ? null : givenTaxes(ctx, amounts) }
}

function changedLine(
  ctx: Ctx,
  draft: InvoiceRecord,
  item: InvoiceItemRecord,
  input: Params<typeof lineShape>,
  at: string,
): InvoiceItemRecord {
  return withTaxAmounts(ctx, updatedItem(ctx, item, input, { at, draft }), input)
}

/** Takes an item from the customer's pending pool. */
function adoptItem(ctx: Ctx, draft: InvoiceRecord, input: Addition, id: string, at: string): InvoiceRecord {
  const param = `${at}[invoice_item]`
  if (namesPrice(input)) throw exclusiveParameters(param, `${at}[amount]`)
  const item = byParam(ctx, 'invoiceItems', id, param)
  if (item.invoice !== null) {
    throw invalidRequest(`The invoice item ${id} is already on an invoice.`, { param })
  }
  if (item.customer !== draft.customer) {
    throw invalidRequest(`The invoice item ${id} belongs to another customer.`, { param })
  }
  if (item.currency !== draft.currency) {
    throw currencyMismatch(item.currency, draft.currency, param)
  }
  return withItem(ctx, draft, changedLine(ctx, draft, item, input, at), { isNew: false })
}

/** The item behind a line of this invoice. @throws StripeError resource_missing */
function itemOfLine(
  ctx: Ctx,
  invoiceId: string,
  lineId: string,
  param: string,
  status: 400 | 404,
): InvoiceItemRecord {
  const [item] = ctx.store.table('invoiceItems').by('lineId', lineId)
  if (item?.invoice !== invoiceId) throw noSuch('line item', lineId, param, status)
  return item
}

function removeLine(
  ctx: Ctx,
  draft: InvoiceRecord,
  item: InvoiceItemRecord,
  behavior: 'delete' | 'unassign',
) {
  if (behavior === 'unassign') {
    const pending = { ...item, invoice: null, lineId: null, taxAmounts: null }
    ctx.store.put('invoiceItems', { ...pending, figures: figuresAlone(ctx, pending) })
  } else {
    ctx.store.drop('invoiceItems', item.id)
    emit(ctx, 'invoiceitem.deleted', serializeInvoiceItem(ctx, item))
  }
  return withoutItem(draft, item)
}

type Metadata = Parameters<typeof mergeMetadata>[1]

/** Applies one change per line, all of them or none, and the metadata that came along. */
function editEach<Input>(
  ctx: Ctx,
  id: string,
  inputs: readonly Input[],
  invoiceMetadata: Metadata,
  change: (draft: InvoiceRecord, input: Input, at: string) => InvoiceRecord,
) {
  const invoice = atPath(ctx, 'invoices', id, 'invoice')
  const edited = editLines(ctx, invoice, (draft) =>
    inputs.reduce((changed, input, index) => change(changed, input, `lines[${index}]`), {
      ...draft,
      metadata: mergeMetadata(draft.metadata, invoiceMetadata),
    }),
  )
  return serializeInvoice(ctx, edited)
}

export const invoiceLineEndpoints = [
  endpoint({
    route: 'GET /v1/invoices/:id/lines',
    returns: 'list of line_item',
    params: pageParams,
    run(ctx, page, id) {
      const lines =
        previewAt(ctx, id)?.lines ??
        itemsOf(ctx, atPath(ctx, 'invoices', id, 'invoice')).map((item) => serializeLine(ctx, item))
      return { ...slicePage(lines, page, `/v1/invoices/${id}/lines`), total_count: lines.length }
    },
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/add_lines',
    returns: 'invoice',
    params: { lines: required(list(hash(addShape), mostItems)), invoice_metadata: metadata },
    run: (ctx, { lines, invoice_metadata }, id) =>
      editEach(ctx, id, lines, invoice_metadata, (draft, input, at) => addLine(ctx, draft, input, at)),
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/update_lines',
    returns: 'invoice',
    params: {
      lines: required(list(hash({ ...lineShape, id: required(text(255)) }), mostItems)),
      invoice_metadata: metadata,
    },
    run: (ctx, { lines, invoice_metadata }, id) =>
      editEach(ctx, id, lines, invoice_metadata, (draft, input, at) => {
        const item = itemOfLine(ctx, id, input.id, `${at}[id]`, 400)
        ctx.store.put('invoiceItems', changedLine(ctx, draft, item, input, at))
        return draft
      }),
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/remove_lines',
    returns: 'invoice',
    params: {
      lines: required(
        list(hash({ id: required(text(255)), behavior: required(oneOf('delete', 'unassign')) }), mostItems),
      ),
      invoice_metadata: metadata,
    },
    run: (ctx, { lines, invoice_metadata }, id) =>
      editEach(ctx, id, lines, invoice_metadata, (draft, input, at) =>
        removeLine(ctx, draft, itemOfLine(ctx, id, input.id, `${at}[id]`, 400), input.behavior),
      ),
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/lines/:line',
    returns: 'line_item',
    params: lineShape,
    run(ctx, input, id, lineId) {
      const invoice = atPath(ctx, 'invoices', id, 'invoice')
      permit(invoice, 'edit')
      const item = itemOfLine(ctx, id, lineId, 'line_item_id', 404)
      editLines(ctx, invoice, (draft) => {
        ctx.store.put('invoiceItems', changedLine(ctx, draft, item, input, ''))
        return draft
      })
      return serializeLine(ctx, atPath(ctx, 'invoiceItems', item.id))
    },
  }),
]
