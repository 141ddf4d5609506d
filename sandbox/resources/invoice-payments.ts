import { atPath, byParam } from '@/sandbox/context'
import { range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { hash, oneOf, required, text, unbuilt } from '@/sandbox/http/params'
import { serializeInvoicePayment } from '@/sandbox/resources/invoice-payment-record'

export const invoicePaymentEndpoints = [
  endpoint({
    route: 'GET /v1/invoice_payments/:id',
    returns: 'invoice_payment',
    run: (ctx, _, id) => serializeInvoicePayment(ctx, atPath(ctx, 'invoicePayments', id)),
  }),
  endpoint({
    route: 'GET /v1/invoice_payments',
    returns: 'list of invoice_payment',
    params: {
      ...pageParams,
      created: range,
      invoice: text(255),
      payment: hash({
        type: required(oneOf('payment_intent')),
        payment_intent: text(255),
        payment_record: unbuilt(),
      }),
      status: oneOf('open', 'paid', 'canceled'),
    },
    run(ctx, { created, invoice, payment, status, ...page }) {
      if (invoice !== undefined) byParam(ctx, 'invoices', invoice, 'invoice')
      const intent = payment?.payment_intent
      return listPage(ctx, 'invoicePayments', page, {
        url: '/v1/invoice_payments',
        among: { invoice, paymentIntent: intent },
        keep: (row) =>
          (created === undefined || created(row.created)) && (status === undefined || row.status === status),
        show: (row) => serializeInvoicePayment(ctx, row),
      })
    },
  }),
]
