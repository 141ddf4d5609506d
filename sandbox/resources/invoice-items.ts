import { atPath, byParam } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { currency, range, taxBehavior } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, hash, text, unbuilt } from '@/sandbox/http/params'
import { livingCustomer, stampCurrency } from '@/sandbox/resources/customer-record'
import { editLines, withItem, withoutItem } from '@/sandbox/resources/invoice-edit'
import { createInvoiceItem, updatedItem } from '@/sandbox/resources/invoice-item-change'
import {
  currencyMismatch,
  itemPriceDataShape,
  itemShape,
  priceItem,
  unitAmountDecimal,
} from '@/sandbox/resources/invoice-item-pricing'
import { serializeInvoiceItem } from '@/sandbox/resources/invoice-item-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import type { Deleted } from '@/sandbox/wire'

const commonShape = {
  ...itemShape,
  price_data: hash(itemPriceDataShape),
  unit_amount_decimal: unitAmountDecimal,
  tax_behavior: taxBehavior,
  tax_code: unbuilt((value) => value === ''),
}

const createShape = {
  ...commonShape,
  currency,
  customer: text(255),
  invoice: text(255),
  customer_account: unbuilt(),
  subscription: unbuilt(),
}

export const invoiceItemEndpoints = [
  endpoint({
    route: 'POST /v1/invoiceitems',
    returns: 'invoiceitem',
    params: createShape,
    run(ctx, params) {
      const invoice =
        params.invoice === undefined ? undefined : byParam(ctx, 'invoices', params.invoice, 'invoice')
      const customerId = params.customer ?? invoice?.customer
      if (customerId === undefined) throw missingParameter('customer')
      const customer = livingCustomer(ctx, customerId, 'customer', 400)
      if (invoice && invoice.customer !== customer.id) {
        throw invalidRequest(`The invoice ${invoice.id} belongs to another customer.`, { param: 'invoice' })
      }
      if (invoice && params.currency !== undefined && params.currency !== invoice.currency) {
        throw currencyMismatch(params.currency, invoice.currency, 'currency')
      }
      const isBare = params.amount !== undefined || params.unit_amount_decimal !== undefined
      if (isBare && params.currency === undefined) throw missingParameter('currency')
      const create = () => {
        const currency = invoice?.currency ?? params.currency
        const where = { currency, at: '', preferred: customer.currency }
        const item = createInvoiceItem(ctx, customer.id, priceItem(ctx, params, where), params, {
          at: '',
          draft: invoice,
        })
        stampCurrency(ctx, customer, item.currency)
        return item
      }
      if (!invoice) {
        const item = create()
        emit(ctx, 'invoiceitem.created', serializeInvoiceItem(ctx, item))
        return serializeInvoiceItem(ctx, item)
      }
      let id = ''
      editLines(ctx, invoice, (draft) => {
        const item = create()
        id = item.id
        return withItem(ctx, draft, item, { isNew: true })
      })
      return serializeInvoiceItem(ctx, atPath(ctx, 'invoiceItems', id))
    },
  }),
  endpoint({
    route: 'GET /v1/invoiceitems/:id',
    returns: 'invoiceitem',
    run: (ctx, _, id) => serializeInvoiceItem(ctx, atPath(ctx, 'invoiceItems', id)),
  }),
  endpoint({
    route: 'POST /v1/invoiceitems/:id',
    returns: 'invoiceitem',
    params: { ...commonShape, invoicing_rules: unbuilt((value) => value === '') },
    run(ctx, params, id) {
      const item = atPath(ctx, 'invoiceItems', id)
      const change = (draft?: InvoiceRecord) =>
        ctx.store.put('invoiceItems', updatedItem(ctx, item, params, { at: '', draft }))
      if (item.invoice === null) change()
      else
        editLines(ctx, byParam(ctx, 'invoices', item.invoice, 'id'), (draft) => {
          change(draft)
          return draft
        })
      return serializeInvoiceItem(ctx, atPath(ctx, 'invoiceItems', id))
    },
  }),
  endpoint({
    route: 'DELETE /v1/invoiceitems/:id',
    returns: 'invoiceitem',
    run(ctx, _, id) {
      const item = atPath(ctx, 'invoiceItems', id)
      const remove = () => {
        ctx.store.drop('invoiceItems', id)
        emit(ctx, 'invoiceitem.deleted', serializeInvoiceItem(ctx, item))
      }
      if (item.invoice === null) remove()
      else
        editLines(ctx, byParam(ctx, 'invoices', item.invoice, 'id'), (draft) => {
          remove()
          return withoutItem(draft, item)
        })
      return { id, object: 'invoiceitem', deleted: true } satisfies Deleted<'invoiceitem'>
    },
  }),
  endpoint({
    route: 'GET /v1/invoiceitems',
    returns: 'list of invoiceitem',
    params: {
      ...pageParams,
      created: range,
      customer: text(255),
      customer_account: unbuilt(),
      invoice: text(255),
      pending: bool,
    },
    run(ctx, { created, customer, customer_account: _, invoice, pending, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      if (invoice !== undefined) byParam(ctx, 'invoices', invoice, 'invoice')
      return listPage(ctx, 'invoiceItems', page, {
        url: '/v1/invoiceitems',
        among: { customer, invoice },
        having: pending ? { invoice: null } : {},
        keep: (item) =>
          (created === undefined || created(item.date)) &&
          (pending === undefined || (item.invoice === null) === pending),
        show: (item) => serializeInvoiceItem(ctx, item),
      })
    },
  }),
]
