import type { Ctx } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import { deleteCustomer } from '@/sandbox/resources/customer-delete'
import { type CustomerRecord, changeCustomer, livingCustomer } from '@/sandbox/resources/customer-record'
import { livingTestClock, type TestClockRecord } from '@/sandbox/resources/test-clock-record'
import { customerOf, inTimeOfClock } from '@/sandbox/time-of'
import { setTimer } from '@/sandbox/timers'

/** Customers a test clock can hold. */
const mostCustomers = 3

/** The customers of a clock, deleted ones included, oldest first. @throws StripeError when there is no such clock */
function customersOn(ctx: Ctx, clockId: string): CustomerRecord[] {
  livingTestClock(ctx, clockId, 'test_clock', 400)
  return ctx.store.table('customers').by('test_clock', clockId)
}

/** The clock for one more customer. @throws StripeError when it is unknown, moving or full */
export function clockWithRoom(ctx: Ctx, id: string): TestClockRecord {
  const clock = livingTestClock(ctx, id, 'test_clock', 400)
  if (clock.status === 'advancing') throw stillAdvancing()
  const living = customersOn(ctx, id).filter(({ gone }) => !gone)
  if (living.length >= mostCustomers) {
    throw invalidRequest(`A test clock can have at most ${mostCustomers} customers.`, { param: 'test_clock' })
  }
  return clock
}

/** @throws StripeError when the customer whom a request concerns is on its way to another time */
export function refuseWhileAdvancing({ store, testClock }: Ctx): void {
  if (testClock !== null && store.get('testClocks', testClock)?.status === 'advancing') throw stillAdvancing()
}

export function stillAdvancing() {
  return invalidRequest(
    'Test clock advancement underway - cannot perform modifications. Wait until its status is ready.',
  )
}

/**
 * Moves an existing customer with its invoices and items, and what falls due for them, into the time of a clock.
 * @throws StripeError when the customer is unknown or on a clock already
 */
export function attachCustomer(ctx: Ctx, customerId: string, clock: TestClockRecord): void {
  const customer = livingCustomer(ctx, customerId, 'customer', 400)
  if (customer.test_clock) {
    throw invalidRequest(`Customer ${customerId} is on a test clock already and cannot be taken off it.`, {
      param: 'customer',
    })
  }
  changeCustomer(ctx, customer, { test_clock: clock.id })
  for (const invoice of ctx.store.table('invoices').by('customer', customerId)) {
    ctx.store.put('invoices', { ...invoice, test_clock: clock.id })
  }
  for (const item of ctx.store.table('invoiceItems').by('customer', customerId)) {
    ctx.store.put('invoiceItems', { ...item, test_clock: clock.id })
  }
  const timed = inTimeOfClock(ctx, clock.id)
  for (const { kind, about, at, clock: current } of [...ctx.store.table('timers').all()]) {
    if (current === null && customerOf(ctx.store, about) === customerId) setTimer(timed, kind, about, at)
  }
}

/** Deletes a clock's customers, and whatever would have fallen due for them. */
export function deleteCustomersOf(ctx: Ctx, { id }: TestClockRecord): void {
  const timed = inTimeOfClock(ctx, id)
  for (const customer of ctx.store.table('customers').by('test_clock', id)) {
    if (!customer.gone) deleteCustomer(timed, customer)
  }
  for (const timer of ctx.store.table('timers').by('clock', id)) ctx.store.drop('timers', timer.id)
}
