import { atPath, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { hash, list, type Params, text } from '@/sandbox/http/params'
import { defaultCurrency } from '@/sandbox/resources/account'
import { moveBalance, withInitialBalance } from '@/sandbox/resources/customer-balance'
import { deleteCustomer } from '@/sandbox/resources/customer-delete'
import { tellDiscountChange } from '@/sandbox/resources/customer-discount'
import { changeFrom, customerShape, newPrefix } from '@/sandbox/resources/customer-input'
import {
  balanceOf,
  blankCustomer,
  type CustomerRecord,
  changeCustomer,
  deletedCustomer,
  livingCustomer,
  serializeCustomer,
  showCustomer,
} from '@/sandbox/resources/customer-record'
import { refreshDrafts } from '@/sandbox/resources/invoice-record'
import { attachPaymentMethod } from '@/sandbox/resources/payment-method-attach'
import { sourceOfCustomer } from '@/sandbox/resources/source-record'
import { createSource } from '@/sandbox/resources/sources'
import { createTaxId, taxIdShape } from '@/sandbox/resources/tax-id-record'
import { clockWithRoom } from '@/sandbox/resources/test-clock-customers'
import { livingTestClock } from '@/sandbox/resources/test-clock-record'
import { inTimeOfClock } from '@/sandbox/time-of'

const createShape = {
  ...customerShape,
  payment_method: text(255),
  tax_id_data: list(hash(taxIdShape)),
  test_clock: text(255),
}

/** Writes a customer with what it brings along, and its `customer.created`. */
function createCustomer(world: Ctx, params: Params<typeof createShape>): CustomerRecord {
  const {
    test_clock: clock,
    payment_method: method,
    balance = 0,
    tax_id_data: taxIds = [],
    source: token,
    validate,
    invoice_settings: settings,
    ...input
  } = params
  const ctx = clock === undefined ? world : inTimeOfClock(world, clockWithRoom(world, clock).id)
  const blank = blankCustomer(ctx)
  const named = { ...blank, invoice_prefix: newPrefix(ctx, blank.id) }
  const first = { ...named, ...changeFrom(ctx, named, input) }
  ctx.store.put('customers', first)
  if (method !== undefined) attachPaymentMethod(ctx, method, first.id, 'payment_method')
  const sourced =
    token === undefined
      ? first
      : { ...first, default_source: createSource(ctx, first.id, token, { validate }).id }
  const customer = settings
    ? { ...sourced, ...changeFrom(ctx, sourced, { invoice_settings: settings }) }
    : sourced
  const moved = balance === 0 ? customer : withInitialBalance(ctx, customer, balance)
  ctx.store.put('customers', moved)
  emit(ctx, 'customer.created', serializeCustomer(ctx, moved))
  tellDiscountChange(ctx, null, moved.discount)
  for (const [index, taxId] of taxIds.entries()) createTaxId(ctx, moved, taxId, `tax_id_data[${index}]`)
  return moved
}

const updateShape = { ...customerShape, default_source: text(255) }

function updateCustomer(ctx: Ctx, id: string, params: Params<typeof updateShape>) {
  const { balance, default_source: wanted, source: token, validate, ...input } = params
  const customer = livingCustomer(ctx, id, 'id', 404)
  if (wanted !== undefined && token !== undefined) throw exclusiveParameters('default_source', 'source')
  const change = changeFrom(ctx, customer, input)
  if (token !== undefined) change.default_source = createSource(ctx, id, token, { validate }).id
  if (wanted !== undefined) change.default_source = sourceOfCustomer(ctx, wanted, id, 'default_source').id
  const changed = changeCustomer(ctx, customer, change)
  if (changed.invoice_prefix !== customer.invoice_prefix && customer.invoice_prefix) {
    ctx.store.put('retiredPrefixes', { id: customer.invoice_prefix, customer: id })
  }
  setBalance(ctx, changed, balance)
  const moved = livingCustomer(ctx, id, 'id', 404)
  tellDiscountChange(ctx, customer.discount, moved.discount)
  refreshDrafts(ctx, moved)
  return moved
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
    run: (ctx, params) => serializeCustomer(ctx, createCustomer(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/customers/:id',
    returns: 'customer',
    run: (ctx, _, id) => showCustomer(ctx, atPath(ctx, 'customers', id)),
  }),
  endpoint({
    route: 'POST /v1/customers/:id',
    returns: 'customer',
    params: updateShape,
    run: (ctx, params, id) => serializeCustomer(ctx, updateCustomer(ctx, id, params)),
  }),
  endpoint({
    route: 'GET /v1/customers',
    returns: 'list of customer',
    params: { ...pageParams, created: range, email: text(512), test_clock: text(255) },
    run(ctx, { created, email: address, test_clock: clock, ...page }) {
      if (clock !== undefined) livingTestClock(ctx, clock, 'test_clock', 400)
      return listPage(ctx, 'customers', page, {
        url: '/v1/customers',
        among: { test_clock: clock },
        keep: (customer) =>
          !customer.gone &&
          (created === undefined || created(customer.created)) &&
          (address === undefined || customer.email === address),
        show: (customer) => serializeCustomer(ctx, customer),
      })
    },
  }),
  endpoint({
    route: 'DELETE /v1/customers/:id',
    returns: 'customer',
    run(ctx, _, id) {
      deleteCustomer(ctx, livingCustomer(ctx, id, 'id', 404))
      return deletedCustomer(id)
    },
  }),
]
