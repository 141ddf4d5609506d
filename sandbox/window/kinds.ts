import { type Ctx, nobody } from '@/sandbox/context'
import { NothingThere } from '@/sandbox/controls/control'
import type { Engine } from '@/sandbox/engine'
import { createRouter } from '@/sandbox/http/router'
import { endpoints } from '@/sandbox/http/routes'
import { references } from '@/sandbox/resources/object-references'
import type { Store } from '@/sandbox/store/store'
import type { TableName } from '@/sandbox/store/tables'
import { inTimeOfRequest } from '@/sandbox/time-of'

/** Objects of one kind, as the window names, lists and shows them. */
export type Kind = {
  /** In the window's paths. */
  slug: string
  title: string
  table: TableName
  /** Beginnings of their ids, before the underscore. */
  prefixes: readonly string[]
  show(ctx: Ctx, id: string): object
}

const match = createRouter(endpoints)

/** The object as the API answers it. */
function retrieve(path: string): Kind['show'] {
  const found = match('GET', `/v1/${path}/id`)
  if (!found) throw new Error(`There is no endpoint GET /v1/${path}/:id`)
  const run = found.route.prepare({}, { strict: true })
  return (ctx, id) => run(inTimeOfRequest(ctx, id, {}), [id, ''])
}

/** @param show how to show one, or the API's path to them where it is not their title */
function kind(title: string, table: TableName, prefixes: string, show?: string | Kind['show']): Kind {
  const slug = title.toLowerCase().replaceAll(' ', '_')
  return {
    slug,
    title,
    table,
    prefixes: prefixes.split(' '),
    show: typeof show === 'function' ? show : retrieve(show ?? slug),
  }
}

export const kinds: readonly Kind[] = [
  kind('Customers', 'customers', 'cus'),
  kind('Invoices', 'invoices', 'in'),
  kind('Invoice items', 'invoiceItems', 'ii', 'invoiceitems'),
  kind('Invoice payments', 'invoicePayments', 'inpay'),
  kind('Credit notes', 'creditNotes', 'cn'),
  kind('Products', 'products', 'prod'),
  kind('Prices', 'prices', 'price plan'),
  kind('Coupons', 'coupons', ''),
  kind('Promotion codes', 'promotionCodes', 'promo'),
  kind('Discounts', 'discounts', 'di', references.discount),
  kind('Tax rates', 'taxRates', 'txr'),
  kind('Tax ids', 'taxIds', 'txi', references.tax_id),
  kind('Shipping rates', 'shippingRates', 'shr'),
  kind('Templates', 'renderingTemplates', 'inrtem', 'invoice_rendering_templates'),
  kind('Payment intents', 'paymentIntents', 'pi'),
  kind('Setup intents', 'setupIntents', 'seti'),
  kind('Payment methods', 'paymentMethods', 'pm card'),
  kind('Charges', 'charges', 'ch py'),
  kind('Refunds', 'refunds', 're pyr'),
  kind('Disputes', 'disputes', 'dp'),
  kind('Customer balance', 'balanceTransactions', 'cbtxn', references.customer_balance_transaction),
  kind('Account balance', 'accountTransactions', 'txn', 'balance_transactions'),
  kind('Features', 'entitlementFeatures', 'feat', 'entitlements/features'),
  kind('Test clocks', 'testClocks', 'clock', 'test_helpers/test_clocks'),
  kind('Webhook endpoints', 'webhookEndpoints', 'we'),
]

/** @throws NothingThere */
export function kindNamed(slug: string): Kind {
  const kind = kinds.find((each) => each.slug === slug)
  if (!kind) throw new NothingThere('There are no objects of this kind.')
  return kind
}

/** One object as the API shows it. @throws NothingThere */
export function showObject(engine: Engine, { table, show }: Kind, id: string): object {
  if (!engine.store.get(table, id)) throw new NothingThere(`There is no such object: ${id}`)
  return engine.transact(nobody, (ctx) => show(ctx, id))
}

/** Kinds whose ids may be anything, by the field that names one. */
const freeIds: Record<string, TableName> = {
  coupon: 'coupons',
  product: 'products',
  price: 'prices',
  plan: 'prices',
}

/** Where the window shows what `id`, found in the field `key`, names; undefined when it names nothing. */
export function placeOf({ store, requests }: Engine, key: string, id: string): string | undefined {
  const [prefix = ''] = id.split('_', 1)
  if (prefix === 'evt' && store.get('events', id)) return `/_sandbox/window/events/${id}`
  if (prefix === 'req' && requests.latest().some((each) => each.id === id))
    return `/_sandbox/window/requests/${id}`
  if (prefix === 'il') return placeOfLine(store, id)
  const kind =
    kinds.find(({ prefixes, table }) => prefixes.includes(prefix) && store.get(table, id)) ??
    kinds.find(({ table }) => table === freeIds[key] && store.get(table, id))
  return kind && `/_sandbox/window/objects/${kind.slug}/${encodeURIComponent(id)}`
}

/** A line is shown by its item. */
function placeOfLine(store: Store, id: string): string | undefined {
  const [item] = store.table('invoiceItems').by('lineId', id)
  return item && `/_sandbox/window/objects/invoice_items/${item.id}`
}
