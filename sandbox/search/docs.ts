import type { Doc, FieldKind, Value } from '@/sandbox/search/match'
import type { Tables } from '@/sandbox/store/tables'

/** Fields by kind, as https://docs.stripe.com/search#query-fields lists them. */
type Kinds = Partial<Record<FieldKind, readonly string[]>>

type Searched<Row> = {
  kinds: Kinds
  /** What is known of a row; null keeps it out of search. */
  valuesOf(row: Row): Doc['values'] | null
}

export type Searchable = 'charges' | 'customers' | 'invoices' | 'paymentIntents' | 'prices' | 'products'

const paymentDetails = ['brand', 'exp_month', 'exp_year', 'fingerprint', 'last4']
const paymentDetail = new RegExp(`^payment_method_details\\.[a-z_]+\\.(${paymentDetails.join('|')})$`)

const searched: { [Name in Searchable]: Searched<Tables[Name]> } = {
  charges: {
    kinds: {
      token: [
        'currency',
        'customer',
        'disputed',
        'refunded',
        'status',
        'billing_details.address.postal_code',
      ],
      number: ['amount', 'created'],
    },
    valuesOf: ({ billing_details: { address }, payment_method_details: details, ...charge }) => ({
      ...named(charge, ['amount', 'created', 'currency', 'customer', 'disputed', 'refunded', 'status']),
      'billing_details.address.postal_code': address?.postal_code,
      ...detailsOf(details),
    }),
  },
  customers: {
    kinds: { text: ['email', 'name', 'phone'], number: ['created'] },
    valuesOf: (customer) =>
      customer.gone || customer.test_clock ? null : named(customer, ['created', 'email', 'name', 'phone']),
  },
  invoices: {
    kinds: {
      token: [
        ...['currency', 'customer', 'number', 'receipt_number', 'status', 'subscription'],
        ...['last_finalization_error_code', 'last_finalization_error_type'],
      ],
      number: ['created', 'total'],
    },
    valuesOf: ({ last_finalization_error: error, ...invoice }) => ({
      ...named(invoice, ['created', 'currency', 'customer', 'number', 'receipt_number', 'status', 'total']),
      last_finalization_error_code: error?.code,
      last_finalization_error_type: error?.type,
    }),
  },
  paymentIntents: {
    kinds: { token: ['currency', 'customer', 'status'], number: ['amount', 'created'] },
    valuesOf: (intent) => named(intent, ['amount', 'created', 'currency', 'customer', 'status']),
  },
  prices: {
    kinds: { token: ['active', 'currency', 'lookup_key', 'product', 'type'] },
    valuesOf: (price) =>
      price.adHoc ? null : named(price, ['active', 'currency', 'lookup_key', 'product', 'type']),
  },
  products: {
    kinds: { token: ['active', 'shippable'], text: ['description', 'name', 'url'] },
    valuesOf: (product) =>
      product.adHoc ? null : named(product, ['active', 'description', 'name', 'shippable', 'url']),
  },
}

export const searchables = Object.keys(searched) as Searchable[]

/** The kind of a field of some table, or undefined. */
export function fieldKinds(name: Searchable): (field: string) => FieldKind | undefined {
  const kinds = new Map<string, FieldKind>()
  for (const kind of ['token', 'text', 'number'] as const) {
    for (const field of searched[name].kinds[kind] ?? []) kinds.set(field, kind)
  }
  const isDetail = (field: string) => name === 'charges' && paymentDetail.test(field)
  return (field) => kinds.get(field) ?? (isDetail(field) ? 'token' : undefined)
}

/** The row as search knows it, or null when it is hidden from search. */
export function docOf<Name extends Searchable>(name: Name, row: Tables[Name]): Doc | null {
  const spec: Searched<Tables[Name]> = searched[name]
  const values = spec.valuesOf(row)
  return values && { id: row.id, values, metadata: row.metadata }
}

export function isSearchable(name: string): name is Searchable {
  return Object.hasOwn(searched, name)
}

function named<Row extends object>(row: Row, fields: readonly (keyof Row & string)[]): Doc['values'] {
  return Object.fromEntries(fields.map((field) => [field, scalar(row[field])]))
}

/** `card.last4` and the like, of whatever kind of payment method it was. */
function detailsOf(details: object | null): Doc['values'] {
  return Object.fromEntries(
    Object.entries(details ?? {}).flatMap(([method, detail]: [string, unknown]) =>
      typeof detail === 'object' && detail !== null
        ? Object.entries(detail)
            .filter(([field]) => paymentDetails.includes(field))
            .map(([field, value]) => [`payment_method_details.${method}.${field}`, scalar(value)])
        : [],
    ),
  )
}

function scalar(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
