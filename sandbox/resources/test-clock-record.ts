import type Stripe from 'stripe'
import type { Wire } from '@/sandbox/wire'

export type TestClock = Wire<Stripe.TestHelpers.TestClock>

export type TestClockRecord = Omit<TestClock, 'status'> & { status: 'ready' | 'advancing' }

export function serializeTestClock(clock: TestClockRecord) {
  return clock satisfies TestClock
}
