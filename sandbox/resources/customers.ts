import { atPath, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import {
  addressShape,
  amount,
  customFields,
  mergeAddress,
  mergeMetadata,
  metadata,
  range,
} from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import {
  checked,
  clearable,
  hash,
  integer,
  legacy,
  list,
  oneOf,
  type Params,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import { defaultCurrency } from '@/sandbox/resources/account'
import { moveBalance, withInitialBalance } from '@/sandbox/resources/customer-balance'
import { changeDiscount, tellDiscountChange } from '@/sandbox/resources/customer-discount'
import {
  balanceOf,
  blankCustomer,
  type Customer,
  type CustomerRecord,
  changeCustomer,
  deletedCustomer,
  livingCustomer,
  serializeCustomer,
  showCustomer,
} from '@/sandbox/resources/customer-record'
import { refreshDrafts } from '@/sandbox/resources/invoice-record'
import { attachPaymentMethod, methodOfCustomer } from '@/sandbox/resources/payment-method-attach'
import { clockWithRoom, customersOn } from '@/sandbox/resources/test-clock-customers'
import { settingsOf } from '@/sandbox/settings'
import { inTimeOfClock } from '@/sandbox/time-of'

const email = checked(
  text(512),
  (value) => (/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(value) ? undefined : `Invalid email address: ${value}`),
  'email_invalid',
)
const prefix = checked(text(12), (value) =>
  /^[A-Z0-9]{1,12}$/.test(value) ? undefined : 'Invoice prefixes must be 1-12 uppercase letters or numbers.',
)

const invoiceSettingsShape = {
  custom_fields: customFields,
  default_payment_method: clearable(text(255)),
  footer: clearable(text(5000)),
  rendering_options: unbuilt((value) => value === ''),
}
const shippingShape = {
  name: text(5000),
  phone: clearable(text(20)),
  address: hash(addressShape),
}

const commonShape = {
  address: clearable(hash(addressShape)),
  balance: amount,
  business_name: clearable(text(150)),
  description: clearable(text(5000)),
  email: clearable(email),
  individual_name: clearable(text(150)),
  invoice_prefix: prefix,
  invoice_settings: hash(invoiceSettingsShape),
  metadata,
  name: clearable(text(256)),
  next_invoice_sequence: integer({ min: 1, max: 1_000_000_000 }),
  phone: clearable(text(20)),
  preferred_locales: clearable(list(text(35))),
  shipping: clearable(hash(shippingShape)),
  tax_exempt: clearable(oneOf('none', 'exempt', 'reverse')),
  // Gone from the API, and still sent by `stripe trigger`.
  coupon: legacy(clearable(text(255))),
  cash_balance: unbuilt(),
  source: unbuilt(),
  tax: unbuilt(),
  validate: unbuilt((value) => value === 'true'),
}

const createShape = {
  ...commonShape,
  payment_method: text(255),
  tax_id_data: unbuilt(),
  test_clock: text(255),
}

type CommonParams = Params<typeof commonShape>

/** What the parameters make of the customer, its balance apart. */
function changeOf(ctx: Ctx, customer: CustomerRecord, params: CommonParams): Partial<CustomerRecord> {
  const {
    balance: _b,
    coupon,
    metadata: keys,
    address,
    shipping,
    invoice_settings: settings,
    ...rest
  } = params
  const { preferred_locales: locales, tax_exempt: exempt, business_name, individual_name, ...plain } = rest
  const change: Partial<CustomerRecord> = { ...plain, metadata: mergeMetadata(customer.metadata, keys) }
  if (coupon !== undefined) change.discount = changeDiscount(ctx, customer, coupon)
  if (locales !== undefined) change.preferred_locales = locales ?? []
  if (exempt !== undefined) change.tax_exempt = exempt ?? 'none'
  if (business_name !== undefined) change.business_name = business_name ?? undefined
  if (individual_name !== undefined) change.individual_name = individual_name ?? undefined
  if (address !== undefined) change.address = address && mergeAddress(customer.address, address)
  if (shipping !== undefined) change.shipping = shipping && mergeShipping(customer.shipping, shipping)
  if (settings) change.invoice_settings = mergeInvoiceSettings(ctx, customer, settings)
  if (settingsOf(ctx.store).account.numbering === 'account') delete change.next_invoice_sequence
  else if (plain.next_invoice_sequence !== undefined) checkSequence(customer, plain.next_invoice_sequence)
  if (plain.invoice_prefix !== undefined) checkPrefix(ctx, customer, plain.invoice_prefix)
  return change
}

/** `shipping` without any key changes nothing. */
function mergeShipping(
  current: Customer['shipping'],
  change: Params<typeof shippingShape>,
): Customer['shipping'] {
  if (Object.keys(change).length === 0) return current
  return {
    name: change.name ?? current?.name,
    phone: change.phone === undefined ? (current?.phone ?? null) : change.phone,
    address: mergeAddress(current?.address, change.address ?? {}),
  }
}

function mergeInvoiceSettings(
  ctx: Ctx,
  customer: CustomerRecord,
  change: Params<typeof invoiceSettingsShape>,
): Customer['invoice_settings'] {
  const { default_payment_method: method } = change
  if (method) methodOfCustomer(ctx, method, customer.id, 'invoice_settings[default_payment_method]')
  return { ...customer.invoice_settings, ...change }
}

function checkSequence(customer: CustomerRecord, next: number): void {
  if (next < customer.next_invoice_sequence) {
    throw invalidRequest(
      `next_invoice_sequence must be at least ${customer.next_invoice_sequence}: smaller ones have been used.`,
      { param: 'next_invoice_sequence' },
    )
  }
}

function checkPrefix(ctx: Ctx, customer: CustomerRecord, wanted: string): void {
  for (const other of ctx.store.table('customers').all()) {
    if (other.id !== customer.id && other.invoice_prefix === wanted) {
      throw invalidRequest(`The invoice prefix ${wanted} is already used by another customer.`, {
        param: 'invoice_prefix',
      })
    }
  }
}

function setBalance(ctx: Ctx, customer: CustomerRecord, balance: number | undefined): void {
  const currency = customer.currency ?? defaultCurrency
  const difference = (balance ?? 0) - balanceOf(customer, currency)
  if (balance !== undefined && difference !== 0) {
    moveBalance(ctx, customer.id, { amount: difference, currency, type: 'adjustment' })
  }
}

export const customerEndpoints = [
  endpoint({
    route: 'POST /v1/customers',
    returns: 'customer',
    params: createShape,
    run(
      world,
      { test_clock: clock, payment_method: method, balance = 0, invoice_settings: settings, ...params },
    ) {
      const ctx = clock === undefined ? world : inTimeOfClock(world, clockWithRoom(world, clock).id)
      const blank = blankCustomer(ctx)
      const first = { ...blank, ...changeOf(ctx, blank, params) }
      ctx.store.put('customers', first)
      if (method !== undefined) attachPaymentMethod(ctx, method, first.id, 'payment_method')
      const customer = { ...first, ...(settings ? changeOf(ctx, first, { invoice_settings: settings }) : {}) }
      const moved = balance === 0 ? customer : withInitialBalance(ctx, customer, balance)
      ctx.store.put('customers', moved)
      emit(ctx, 'customer.created', serializeCustomer(ctx, moved))
      tellDiscountChange(ctx, null, moved.discount)
      return serializeCustomer(ctx, moved)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id',
    returns: 'customer',
    run: (ctx, _, id) => showCustomer(ctx, atPath(ctx, 'customers', id)),
  }),
  endpoint({
    route: 'POST /v1/customers/:id',
    returns: 'customer',
    params: commonShape,
    run(ctx, params, id) {
      const customer = livingCustomer(ctx, id, 'id', 404)
      changeCustomer(ctx, customer, changeOf(ctx, customer, params))
      setBalance(ctx, customer, params.balance)
      const changed = livingCustomer(ctx, id, 'id', 404)
      tellDiscountChange(ctx, customer.discount, changed.discount)
      refreshDrafts(ctx, changed)
      return serializeCustomer(ctx, changed)
    },
  }),
  endpoint({
    route: 'GET /v1/customers',
    returns: 'list of customer',
    params: { ...pageParams, created: range, email: text(512), test_clock: text(255) },
    run: (ctx, { created, email: address, test_clock: clock, ...page }) =>
      listPage(ctx, 'customers', page, {
        url: '/v1/customers',
        among: clock === undefined ? undefined : customersOn(ctx, clock),
        keep: (customer) =>
          !customer.gone &&
          (created === undefined || created(customer.created)) &&
          (address === undefined || customer.email === address),
        show: (customer) => serializeCustomer(ctx, customer),
      }),
  }),
  endpoint({
    route: 'DELETE /v1/customers/:id',
    returns: 'customer',
    run(ctx, _, id) {
      const customer = livingCustomer(ctx, id, 'id', 404)
      ctx.store.put('customers', { ...customer, gone: true })
      emit(ctx, 'customer.deleted', serializeCustomer(ctx, customer))
      return deletedCustomer(id)
    },
  }),
]
