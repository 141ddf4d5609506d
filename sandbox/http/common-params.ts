import { isCurrency, maximumLine, smallestStep } from '@/sandbox/currencies'
import { normalizeDecimal } from '@/sandbox/decimal'
import { invalidRequest, noSuch } from '@/sandbox/http/errors'
import type { FormValue } from '@/sandbox/http/form'
import {
  checked,
  clearable,
  decimal,
  hash,
  integer,
  list,
  oneOf,
  type Rule,
  required,
  text,
} from '@/sandbox/http/params'

export const timestamp = integer({ min: 0, max: 99_999_999_999 })
export const amount = integer({ min: -maximumLine, max: maximumLine })
export const nonNegativeAmount = integer({ min: 0, max: maximumLine })
export const positiveAmount = integer({ min: 1, max: maximumLine })

/** How far ahead Stripe lets a moment be set, in seconds. */
export const fiveYears = 5 * 366 * 86_400

export const currency: Rule<string> = {
  read: (value, at, reading) => {
    const code = text(3).read(value, at, reading).toLowerCase()
    if (!isCurrency(code)) {
      throw invalidRequest(`Invalid currency: ${code}. Stripe does not support it.`, { param: at })
    }
    return code
  },
}

/** A hash whose keys are currencies: `currency_options[eur][unit_amount]`. */
export function perCurrency<T>(rule: Rule<T>): Rule<Record<string, T>> {
  return {
    read: (value, at, reading) => {
      if (typeof value === 'string' || Array.isArray(value)) {
        throw invalidRequest('Invalid object', { param: at })
      }
      return Object.fromEntries(
        Object.entries(value).map(([code, option]) => {
          const param = `${at}[${code}]`
          return [currency.read(code, param, reading), rule.read(option, param, reading)]
        }),
      )
    },
  }
}

/** @throws StripeError naming `param` when the currency does not count as finely as that */
export function checkStep(amount: number, currency: string, param: string): void {
  const step = smallestStep(currency)
  if (amount % step !== 0) {
    throw invalidRequest(`Amounts in ${currency} must be a multiple of ${step} in the smallest unit.`, {
      param,
    })
  }
}

/** What a metadata parameter asks for: null clears all keys, an empty value drops its key. */
type MetadataChange = Record<string, string> | null

export const metadata: Rule<MetadataChange> = clearable({
  read: (value, at) => {
    if (typeof value === 'string' || Array.isArray(value)) {
      throw invalidRequest('Invalid object', { param: at })
    }
    for (const [key, entry] of Object.entries(value)) checkMetadataEntry(key, entry, `${at}[${key}]`)
    return value as Record<string, string>
  },
})

function checkMetadataEntry(key: string, entry: FormValue, at: string): void {
  if (typeof entry !== 'string') throw invalidRequest('Metadata values must be strings.', { param: at })
  const [keyLength, length] = [[...key].length, [...entry].length]
  if (keyLength > 40) {
    throw invalidRequest(
      `Metadata keys can have up to 40 characters, but '${key.slice(0, 50)}' has ${keyLength}.`,
      {
        param: at,
      },
    )
  }
  if (length > 500) {
    throw invalidRequest(`Metadata values can have up to 500 characters, but '${key}' has ${length}.`, {
      param: at,
    })
  }
}

/** Stripe merges metadata key by key. */
export function mergeMetadata(
  current: Record<string, string>,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === undefined) return current
  if (change === null) return {}
  const merged = { ...current, ...change }
  const kept = Object.entries(merged).filter(([, value]) => value !== '')
  if (kept.length > 50) {
    throw invalidRequest('Metadata can have up to 50 keys.', { param: 'metadata' })
  }
  return Object.fromEntries(kept)
}

const bounds = hash({ gt: timestamp, gte: timestamp, lt: timestamp, lte: timestamp })

/** `created=…` exactly, or `created[gte]=…`: reads as the test a value has to pass. */
export const range: Rule<(value: number | null) => boolean> = {
  read: (value, at, reading) => {
    if (typeof value === 'string') {
      const exact = timestamp.read(value, at, reading)
      return (candidate) => candidate === exact
    }
    const {
      gt = -1,
      gte = 0,
      lt = Number.POSITIVE_INFINITY,
      lte = Number.POSITIVE_INFINITY,
    } = bounds.read(value, at, reading)
    return (candidate) =>
      candidate !== null && candidate > gt && candidate >= gte && candidate < lt && candidate <= lte
  },
}

export const country = checked(
  text(2),
  (code) => (/^[A-Za-z]{2}$/.test(code) ? undefined : `Country '${code}' is unknown.`),
  'country_code_invalid',
)

const addressLine = clearable(text(500))
export const addressShape = {
  city: addressLine,
  country: clearable(country),
  line1: addressLine,
  line2: addressLine,
  postal_code: addressLine,
  state: addressLine,
}

type AddressChange = {
  city?: string | null
  country?: string | null
  line1?: string | null
  line2?: string | null
  postal_code?: string | null
  state?: string | null
}
export type Address = Required<{ [Key in keyof AddressChange]: string | null }>

/** Stripe merges addresses per leaf and answers them with all keys. */
export function mergeAddress(current: Address | null | undefined, change: AddressChange): Address {
  const merged = { ...current, ...change }
  return {
    city: merged.city ?? null,
    country: merged.country ?? null,
    line1: merged.line1 ?? null,
    line2: merged.line2 ?? null,
    postal_code: merged.postal_code ?? null,
    state: merged.state ?? null,
  }
}

export const customFields = clearable(list(hash({ name: required(text(40)), value: required(text(140)) }), 4))

export const period = hash({
  start: required(timestamp),
  end: required(timestamp),
})

/** 0 to 100 with at most four decimal places, as text. */
export const percentage: Rule<string> = {
  read: (value, at, reading) => {
    const read = normalizeDecimal(decimal({ places: 4 }).read(value, at, reading))
    if (Number(read) > 100) {
      throw invalidRequest('This value must be less than or equal to 100.', { param: at })
    }
    return read
  },
}

export const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified')

/** Categories of Stripe Tax have ids of one form; which of them exist is not checked. */
export const taxCode: Rule<string> = {
  read: (value, at, reading) => {
    const id = text(255).read(value, at, reading)
    if (!/^txcd_\d{8}$/.test(id)) throw noSuch('tax code', id, at, 400)
    return id
  },
}

export const email = checked(
  text(512),
  (value) => (/^[^\s@]+@[^\s@]+$/.test(value) ? undefined : `Invalid email address: ${value}`),
  'email_invalid',
)

export const url = checked(
  text(5000),
  (value) => (/^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value) ? undefined : 'Not a valid URL'),
  'url_invalid',
)

/** A shipping address with the name of who receives it. */
const shippingShape = {
  address: required(hash(addressShape)),
  name: required(text(5000)),
  phone: clearable(text(20)),
}
export const shippingRule = hash(shippingShape)

export function shippingFrom({ address, name, phone }: ReturnType<(typeof shippingRule)['read']>) {
  return { name, phone: phone ?? null, address: mergeAddress(null, address) }
}

/** What a payment says about the parcel it is for. */
export const parcelRule = hash({
  ...shippingShape,
  carrier: clearable(text(5000)),
  tracking_number: clearable(text(5000)),
})

export function parcelFrom({ carrier, tracking_number, ...rest }: ReturnType<(typeof parcelRule)['read']>) {
  return { ...shippingFrom(rest), carrier: carrier ?? null, tracking_number: tracking_number ?? null }
}
