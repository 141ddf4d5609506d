import type { SyncTarget, SyncType } from '@/lib/domain/sync-types'
import { storable } from './raw'
import { instant } from './read'

/** An event, read without trusting its shape: endpoints render it in versions of the API that are not ours. */
export type ParsedEvent = {
  id: string
  type: string
  createdAt: Date
  livemode: boolean
  /** Only with Connect. */
  account: string | null
  apiVersion: string | null
  /** The object to look at again; null when the event concerns nothing that is mirrored. */
  concerns: SyncTarget | null
}

type Fields = Record<string, unknown>

/** Returns null for what is no event: other JSON, or no JSON at all. */
export function parseEvent(body: string): ParsedEvent | null {
  const event = parseJsonObject(body)
  if (event === null || event.object !== 'event') return null
  const { id, type, created, livemode } = event
  if (!isText(id, /^evt_\w{1,250}$/) || !isText(type, /^[\w.]{1,200}$/)) return null
  if (!isUnixTime(created) || typeof livemode !== 'boolean') return null
  const data = isFields(event.data) && isFields(event.data.object) ? event.data.object : {}
  return {
    id,
    type,
    createdAt: instant(created),
    livemode,
    account: isText(event.account, /^acct_\w{1,250}$/) ? event.account : null,
    apiVersion: isText(event.api_version, /^.{1,100}$/) ? storable(event.api_version) : null,
    concerns: whatConcerns(type, data),
  }
}

type Where = { type: SyncType; id(object: Fields): unknown }

const own = (type: SyncType): Where => ({ type, id: (object) => object.id })

/** Where an event of each family names the object to look at. */
const families: Record<string, Where> = {
  product: own('product'),
  price: own('price'),
  invoice: own('invoice'),
  payment_intent: own('payment_intent'),
  // A change of the customer's tax ids, discounts and cards is one of the customer.
  customer: {
    type: 'customer',
    id: (object) => (object.object === 'customer' ? object.id : object.customer),
  },
  invoiceitem: { type: 'invoice', id: (object) => object.invoice },
  invoice_payment: { type: 'invoice', id: (object) => object.invoice },
  charge: { type: 'payment_intent', id: (object) => object.payment_intent },
}

function whatConcerns(type: string, object: Fields): SyncTarget | null {
  const [family = ''] = type.split('.', 1)
  if (!Object.hasOwn(families, family)) return null
  const where = families[family]
  const id = where?.id(object)
  // `invoice.upcoming` is about an invoice that does not exist, and its object has no id.
  if (where === undefined || !isText(id, /^[^\s\p{Cc}]{1,255}$/u) || type === 'invoice.upcoming') return null
  return { type: where.type, id }
}

function parseJsonObject(body: string): Fields | null {
  try {
    const value: unknown = JSON.parse(body)
    return isFields(value) ? value : null
  } catch {
    return null
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && value.isWellFormed() && pattern.test(value)

/** Up to the year 9999, as far as PostgreSQL and JavaScript agree without thinking. */
const isUnixTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 253_402_300_800
