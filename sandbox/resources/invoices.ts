import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { currency, mergeMetadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, hash, oneOf, type Params, required, text, unbuilt } from '@/sandbox/http/params'
import { attachPayment } from '@/sandbox/resources/invoice-attach-payment'
import { createInvoice } from '@/sandbox/resources/invoice-create'
import { finalizeInvoice } from '@/sandbox/resources/invoice-finalize'
import {
  applyInput,
  applyLateInput,
  type InvoiceInput,
  invoiceShape,
} from '@/sandbox/resources/invoice-input'
import { payInvoice } from '@/sandbox/resources/invoice-pay'
import { syncDefaultPayment } from '@/sandbox/resources/invoice-payment-default'
import { previewAt } from '@/sandbox/resources/invoice-preview-record'
import {
  type InvoiceRecord,
  refreshDraft,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import { reviseInvoice } from '@/sandbox/resources/invoice-revision'
import { deleteInvoice, markUncollectible, sendInvoice } from '@/sandbox/resources/invoice-verbs'
import { voidInvoice } from '@/sandbox/resources/invoice-void'
import { sourceOfCustomer } from '@/sandbox/resources/source-record'
import type { Deleted } from '@/sandbox/wire'

const listShape = {
  ...pageParams,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  created: range,
  customer: text(255),
  customer_account: unbuilt(),
  due_date: range,
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  subscription: unbuilt(),
}

function listInvoices(ctx: Ctx, params: Params<typeof listShape>) {
  const { collection_method: method, created, customer, due_date: due, status, ...page } = params
  if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
  return listPage(ctx, 'invoices', page, {
    url: '/v1/invoices',
    among: { customer },
    having: { status },
    keep: (invoice) =>
      (method === undefined || invoice.collection_method === method) &&
      (created === undefined || created(invoice.created)) &&
      (due === undefined || due(invoice.due_date)),
    show: (invoice) => serializeInvoice(ctx, invoice),
  })
}

function updateInvoice(ctx: Ctx, invoice: InvoiceRecord, input: InvoiceInput): InvoiceRecord {
  const before = serializeInvoice(ctx, invoice)
  const changed =
    invoice.status === 'draft'
      ? refreshDraft(ctx, applyInput(ctx, invoice, input))
      : applyLateInput(ctx, invoice, input)
  const metadata = mergeMetadata(invoice.metadata, input.metadata)
  const saved = saveInvoice(ctx, before, { ...changed, metadata })
  if (input.payment_settings) syncDefaultPayment(ctx, saved)
  return saved
}

/** Bulk of the verbs: find the invoice, do it, show it. */
function verb(
  name: string,
  missingParam: 'id' | 'invoice',
  run: (ctx: Ctx, invoice: InvoiceRecord) => InvoiceRecord,
) {
  return endpoint({
    route: `POST /v1/invoices/:id/${name}`,
    returns: 'invoice',
    run: (ctx, _, id) => serializeInvoice(ctx, run(ctx, atPath(ctx, 'invoices', id, missingParam))),
  })
}

export const invoiceEndpoints = [
  endpoint({
    route: 'POST /v1/invoices',
    returns: 'invoice',
    params: {
      ...invoiceShape,
      customer: text(255),
      currency,
      pending_invoice_items_behavior: oneOf('exclude', 'include'),
      customer_account: unbuilt(),
      from_invoice: hash({ action: required(oneOf('revision')), invoice: required(text(255)) }),
      subscription: unbuilt(),
    },
    run(ctx, { customer, from_invoice: from, ...params }) {
      if (from) return serializeInvoice(ctx, reviseInvoice(ctx, from.invoice, { customer, ...params }))
      if (customer === undefined) throw missingParameter('customer')
      return serializeInvoice(ctx, createInvoice(ctx, { customer, ...params }))
    },
  }),
  endpoint({
    route: 'GET /v1/invoices/:id',
    returns: 'invoice',
    run: (ctx, _, id) =>
      previewAt(ctx, id)?.invoice ?? serializeInvoice(ctx, atPath(ctx, 'invoices', id, 'invoice')),
  }),
  endpoint({
    route: 'POST /v1/invoices/:id',
    returns: 'invoice',
    params: invoiceShape,
    run: (ctx, input, id) => serializeInvoice(ctx, updateInvoice(ctx, atPath(ctx, 'invoices', id), input)),
  }),
  endpoint({ route: 'GET /v1/invoices', returns: 'list of invoice', params: listShape, run: listInvoices }),
  endpoint({
    route: 'DELETE /v1/invoices/:id',
    returns: 'invoice',
    run(ctx, _, id) {
      deleteInvoice(ctx, atPath(ctx, 'invoices', id, 'invoice'))
      return { id, object: 'invoice', deleted: true } satisfies Deleted<'invoice'>
    },
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/finalize',
    returns: 'invoice',
    params: { auto_advance: bool },
    run: (ctx, { auto_advance }, id) =>
      serializeInvoice(ctx, finalizeInvoice(ctx, atPath(ctx, 'invoices', id), auto_advance)),
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/pay',
    returns: 'invoice',
    params: {
      payment_method: text(255),
      paid_out_of_band: bool,
      off_session: bool,
      forgive: bool,
      mandate: unbuilt((value) => value === ''),
      source: text(255),
    },
    run(ctx, { source, ...params }, id) {
      const invoice = atPath(ctx, 'invoices', id)
      if (source === undefined) return serializeInvoice(ctx, payInvoice(ctx, invoice, params))
      if (params.payment_method !== undefined) throw exclusiveParameters('payment_method', 'source')
      const { id: method } = sourceOfCustomer(ctx, source, invoice.customer, 'source')
      return serializeInvoice(ctx, payInvoice(ctx, invoice, { ...params, payment_method: method }))
    },
  }),
  endpoint({
    route: 'POST /v1/invoices/:id/attach_payment',
    returns: 'invoice',
    params: { payment_intent: text(255), payment_record: unbuilt() },
    run(ctx, { payment_intent: intent }, id) {
      const invoice = atPath(ctx, 'invoices', id)
      if (intent === undefined) throw missingParameter('payment_intent')
      return serializeInvoice(ctx, attachPayment(ctx, invoice, intent))
    },
  }),
  verb('send', 'invoice', sendInvoice),
  verb('void', 'id', voidInvoice),
  verb('mark_uncollectible', 'id', markUncollectible),
]
