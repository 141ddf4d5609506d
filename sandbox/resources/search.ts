import type { Ctx } from '@/sandbox/context'
import { type Endpoint, endpoint } from '@/sandbox/http/endpoint'
import { serializeCharge } from '@/sandbox/resources/charge-record'
import { serializeCustomer } from '@/sandbox/resources/customer-record'
import type { ObjectName } from '@/sandbox/resources/expandable'
import { serializeInvoice } from '@/sandbox/resources/invoice-record'
import { serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { serializePrice } from '@/sandbox/resources/price-record'
import { serializeProduct } from '@/sandbox/resources/product-record'
import { type Fields, matcher, namedFields, type Searched, scalar } from '@/sandbox/search/match'
import { searchPage, searchParams } from '@/sandbox/search/page'
import type { TableName, Tables } from '@/sandbox/store/tables'

/** Tables whose rows carry metadata. */
type Searchable = { [Name in TableName]: Tables[Name] extends Searched ? Name : never }[TableName]

type Spec<Name extends Searchable> = {
  table: Name
  fields: Fields<Tables[Name]>
  /** Deleted and internal objects, and those on a test clock, are not found. */
  isHidden(ctx: Ctx, row: Tables[Name]): boolean
  show(ctx: Ctx, row: Tables[Name]): object
}

/** @param resource as the path names it */
function search<Name extends Searchable>(resource: string, object: ObjectName, spec: Spec<Name>): Endpoint {
  const { table, fields, isHidden, show } = spec
  return endpoint({
    route: `GET /v1/${resource}/search`,
    returns: `search of ${object}`,
    params: searchParams,
    run(ctx, params) {
      const matches = matcher<Tables[Name] & Searched>(params.query, resource, fields)
      return searchPage(ctx, table, params, {
        url: `/v1/${resource}/search`,
        keep: (row) => matches(row) && !isHidden(ctx, row),
        show: (row) => show(ctx, row),
      })
    },
  })
}

function isOnTestClock(ctx: Ctx, customer: unknown): boolean {
  return typeof customer === 'string' && ctx.store.get('customers', customer)?.test_clock != null
}

const chargeFields = namedFields<Tables['charges']>({
  token: ['currency', 'customer', 'disputed', 'refunded', 'status'],
  number: ['amount', 'created'],
})

const paymentDetail = /^payment_method_details\.[a-z_]+\.(brand|exp_month|exp_year|fingerprint|last4)$/

function chargeDetail(name: string): ReturnType<Fields<Tables['charges']>> {
  const isKnown = paymentDetail.test(name) || name === 'billing_details.address.postal_code'
  return isKnown ? { kind: 'token', read: (charge) => deepIn(charge, name.split('.')) } : undefined
}

function deepIn(value: unknown, [key, ...rest]: string[]): ReturnType<typeof scalar> {
  if (key === undefined) return scalar(value)
  const isHash = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  return isHash ? deepIn((value as Record<string, unknown>)[key], rest) : undefined
}

export const searchEndpoints = [
  search('customers', 'customer', {
    table: 'customers',
    fields: namedFields({ number: ['created'], text: ['email', 'name', 'phone'] }),
    isHidden: (_, { gone, test_clock }) => gone || test_clock != null,
    show: serializeCustomer,
  }),
  search('products', 'product', {
    table: 'products',
    fields: namedFields({ token: ['active', 'shippable'], text: ['description', 'name', 'url'] }),
    isHidden: (_, { adHoc }) => adHoc,
    show: serializeProduct,
  }),
  search('prices', 'price', {
    table: 'prices',
    fields: namedFields({ token: ['active', 'currency', 'lookup_key', 'product', 'type'] }),
    isHidden: (_, { adHoc }) => adHoc,
    show: serializePrice,
  }),
  search('invoices', 'invoice', {
    table: 'invoices',
    fields: namedFields(
      {
        token: ['currency', 'customer', 'number', 'receipt_number', 'status'],
        number: ['created', 'total'],
      },
      {
        last_finalization_error_code: ({ last_finalization_error: error }) => error?.code,
        last_finalization_error_type: ({ last_finalization_error: error }) => error?.type,
        subscription: () => null,
      },
    ),
    isHidden: (ctx, { customer }) => isOnTestClock(ctx, customer),
    show: serializeInvoice,
  }),
  search('payment_intents', 'payment_intent', {
    table: 'paymentIntents',
    fields: namedFields({ token: ['currency', 'customer', 'status'], number: ['amount', 'created'] }),
    isHidden: (ctx, { customer }) => isOnTestClock(ctx, customer),
    show: serializePaymentIntent,
  }),
  search('charges', 'charge', {
    table: 'charges',
    fields: (name) => chargeFields(name) ?? chargeDetail(name),
    isHidden: (ctx, { customer }) => isOnTestClock(ctx, customer),
    show: serializeCharge,
  }),
]
