import type { Ctx } from '@/sandbox/context'
import { type Endpoint, endpoint } from '@/sandbox/http/endpoint'
import { serializeCharge } from '@/sandbox/resources/charge-record'
import { serializeCustomer } from '@/sandbox/resources/customer-record'
import { serializeInvoice } from '@/sandbox/resources/invoice-record'
import type { ObjectName } from '@/sandbox/resources/object-references'
import { serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { serializePrice } from '@/sandbox/resources/price-record'
import { serializeProduct } from '@/sandbox/resources/product-record'
import { docOf, fieldKinds, type Searchable } from '@/sandbox/search/docs'
import { matcher } from '@/sandbox/search/match'
import { searchPage, searchParams } from '@/sandbox/search/page'
import type { Tables } from '@/sandbox/store/tables'

/**
 * @param resource as the path names it
 * @param show the object as it is now, whatever search knew of it when it matched
 */
function search<Name extends Searchable>(
  resource: string,
  object: ObjectName,
  table: Name,
  show: (ctx: Ctx, row: Tables[Name]) => object,
): Endpoint {
  const kindOf = fieldKinds(table)
  return endpoint({
    route: `GET /v1/${resource}/search`,
    returns: `search of ${object}`,
    searches: table,
    params: searchParams,
    run(ctx, params) {
      const matches = matcher(params.query, resource, kindOf)
      const onClocks = customersOnClocks(ctx)
      return searchPage(ctx.search.at(table, ctx.worldNow), params, {
        url: `/v1/${resource}/search`,
        matches: (doc) => matches(doc) && !onClocks.has(doc.values.customer),
        show(id) {
          const row = ctx.store.get(table, id)
          // A deleted customer leaves a row behind, which search may still know alive.
          return row && docOf(table, row) ? show(ctx, row) : undefined
        },
      })
    },
  })
}

/** Nothing that belongs to them is found. */
function customersOnClocks(ctx: Ctx): Set<unknown> {
  const customers = ctx.store.table('customers')
  const ids = new Set<unknown>()
  for (const { id: clock } of ctx.store.table('testClocks').all()) {
    for (const { id } of customers.by('test_clock', clock)) ids.add(id)
  }
  return ids
}

export const searchEndpoints = [
  search('charges', 'charge', 'charges', serializeCharge),
  search('customers', 'customer', 'customers', serializeCustomer),
  search('invoices', 'invoice', 'invoices', serializeInvoice),
  search('payment_intents', 'payment_intent', 'paymentIntents', serializePaymentIntent),
  search('prices', 'price', 'prices', serializePrice),
  search('products', 'product', 'products', serializeProduct),
]
