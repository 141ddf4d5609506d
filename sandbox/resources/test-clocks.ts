import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { timestamp } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { required, text } from '@/sandbox/http/params'
import { attachCustomer, deleteCustomersOf, stillAdvancing } from '@/sandbox/resources/test-clock-customers'
import {
  deletedTestClock,
  livingTestClock,
  serializeTestClock,
  type TestClockRecord,
} from '@/sandbox/resources/test-clock-record'
import { setTimer } from '@/sandbox/timers'

const lifetime = 7 * 86_400

/** Begins to move a clock; the engine does the rest once the answer is out. @throws StripeError when it cannot move so */
function advanceTestClock(ctx: Ctx, clock: TestClockRecord, target: number): TestClockRecord {
  if (clock.status === 'advancing') throw stillAdvancing()
  if (target <= clock.frozen_time) {
    throw invalidRequest("The new frozen time must be after the test clock's current frozen time.", {
      param: 'frozen_time',
    })
  }
  if (target > twoYearsAfter(clock.frozen_time)) {
    throw invalidRequest('A test clock can be advanced by at most two years at a time.', {
      param: 'frozen_time',
    })
  }
  const advancing: TestClockRecord = {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  }
  ctx.store.put('testClocks', advancing)
  emit(ctx, 'test_helpers.test_clock.advancing', serializeTestClock(ctx, advancing))
  return advancing
}

function twoYearsAfter(seconds: number): number {
  const date = new Date(seconds * 1000)
  return date.setUTCFullYear(date.getUTCFullYear() + 2) / 1000
}

/** Everything up to the target has happened: the clock stands there. */
export function finishAdvancing(ctx: Ctx, clockId: string): void {
  const clock = ctx.store.get('testClocks', clockId)
  const target = clock?.status_details.advancing?.target_frozen_time
  if (!clock || clock.gone || target === undefined) return
  const ready: TestClockRecord = { ...clock, frozen_time: target, status: 'ready', status_details: {} }
  ctx.store.put('testClocks', ready)
  emit(ctx, 'test_helpers.test_clock.ready', serializeTestClock(ctx, ready))
}

function deleteTestClock(ctx: Ctx, clock: TestClockRecord): void {
  deleteCustomersOf(ctx, clock)
  ctx.store.put('testClocks', { ...clock, status: 'ready', status_details: {}, gone: true })
  setTimer(ctx, 'test_clock.delete', clock.id, null)
  emit(ctx, 'test_helpers.test_clock.deleted', serializeTestClock(ctx, clock))
}

/** The timer of a clock that nobody has deleted for a week. */
export function deleteDue(ctx: Ctx, clockId: string): void {
  const clock = ctx.store.get('testClocks', clockId)
  if (clock && !clock.gone && clock.deletes_after <= ctx.now) deleteTestClock(ctx, clock)
}

export const testClockEndpoints = [
  endpoint({
    route: 'POST /v1/test_helpers/test_clocks',
    returns: 'test_helpers.test_clock',
    params: { frozen_time: required(timestamp), name: text(300), customer: text(255) },
    run(ctx, { frozen_time, name = null, customer }) {
      const clock: TestClockRecord = {
        id: ctx.newId('clock'),
        object: 'test_helpers.test_clock',
        created: ctx.worldNow,
        deletes_after: ctx.worldNow + lifetime,
        frozen_time,
        gone: false,
        livemode: false,
        name,
        status: 'ready',
        status_details: {},
      }
      ctx.store.put('testClocks', clock)
      setTimer(ctx, 'test_clock.delete', clock.id, clock.deletes_after)
      emit(ctx, 'test_helpers.test_clock.created', serializeTestClock(ctx, clock))
      if (customer !== undefined) attachCustomer(ctx, customer, clock)
      return serializeTestClock(ctx, clock)
    },
  }),
  endpoint({
    route: 'GET /v1/test_helpers/test_clocks',
    returns: 'list of test_helpers.test_clock',
    params: pageParams,
    run: (ctx, page) =>
      listPage(ctx, 'testClocks', page, {
        url: '/v1/test_helpers/test_clocks',
        keep: ({ gone }) => !gone,
        show: (clock) => serializeTestClock(ctx, clock),
      }),
  }),
  endpoint({
    route: 'GET /v1/test_helpers/test_clocks/:id',
    returns: 'test_helpers.test_clock',
    run: (ctx, _, id) => serializeTestClock(ctx, livingTestClock(ctx, id, 'test_clock', 404)),
  }),
  endpoint({
    route: 'DELETE /v1/test_helpers/test_clocks/:id',
    returns: 'test_helpers.test_clock',
    run(ctx, _, id) {
      deleteTestClock(ctx, livingTestClock(ctx, id, 'test_clock', 404))
      return deletedTestClock(id)
    },
  }),
  endpoint({
    route: 'POST /v1/test_helpers/test_clocks/:id/advance',
    returns: 'test_helpers.test_clock',
    params: { frozen_time: required(timestamp) },
    run: (ctx, { frozen_time }, id) =>
      serializeTestClock(
        ctx,
        advanceTestClock(ctx, livingTestClock(ctx, id, 'test_clock', 404), frozen_time),
      ),
  }),
]
