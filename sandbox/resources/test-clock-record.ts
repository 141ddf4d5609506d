import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { noSuch } from '@/sandbox/http/errors'
import type { Deleted, Wire } from '@/sandbox/wire'

type TestClock = Wire<Stripe.TestHelpers.TestClock>

/** A deleted clock stays as a tombstone, because the invoices of its customers still name it. */
export type TestClockRecord = Omit<TestClock, 'status'> & { status: 'advancing' | 'ready'; gone: boolean }

export function serializeTestClock(_ctx: Ctx, { gone: _, ...clock }: TestClockRecord) {
  return clock satisfies TestClock
}

export function deletedTestClock(id: string) {
  return { id, object: 'test_helpers.test_clock', deleted: true } satisfies Deleted<'test_helpers.test_clock'>
}

/** @throws StripeError for a deleted clock too */
export function livingTestClock(ctx: Ctx, id: string, param: string, status: 400 | 404): TestClockRecord {
  const clock = ctx.store.get('testClocks', id)
  if (!clock || clock.gone) throw noSuch('test clock', id, param, status)
  return clock
}
