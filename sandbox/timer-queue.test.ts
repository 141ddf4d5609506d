import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Store } from '@/sandbox/store/store'
import { TimerQueue } from '@/sandbox/timer-queue'
import type { TimerRecord } from '@/sandbox/timers'

const clock = fc.constantFrom(null, 'clock_1', 'clock_2')
const operation = fc.oneof(
  fc.record({ set: fc.integer({ min: 0, max: 9 }), at: fc.integer({ min: 0, max: 20 }), clock }),
  fc.record({ drop: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ run: clock, until: fc.integer({ min: 0, max: 20 }) }),
  fc.constant({ restart: true }),
)

function timer(about: number, at: number, clock: string | null): TimerRecord {
  return { id: `trim ${about}`, kind: 'trim', about: String(about), at, clock }
}

/** What the queue promises: in order of time, of one moment in the order in which they were set. */
function firstOf(timers: readonly TimerRecord[], clock: string | null, until: number): string | undefined {
  const due = timers.filter((each) => each.clock === clock && each.at <= until)
  return due.toSorted((a, b) => a.at - b.at)[0]?.id
}

test('answers the earliest timer that is due, whatever was set, moved, taken back and run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 60 }), async (operations) => {
      const { store } = await Store.open(undefined)
      let queue = new TimerQueue(store)
      let model: TimerRecord[] = []
      const transact = (work: () => void) => queue.note(store.transact(work).changes)
      const drop = (id: string) => {
        if (store.get('timers', id)) store.drop('timers', id)
        model = model.filter((each) => each.id !== id)
      }
      for (const each of operations) {
        if ('set' in each) {
          const row = timer(each.set, each.at, each.clock)
          transact(() => {
            drop(row.id)
            store.put('timers', row)
          })
          model.push(row)
        } else if ('drop' in each) transact(() => drop(`trim ${each.drop}`))
        else if ('restart' in each) {
          queue = new TimerQueue(store)
          queue.rebuild()
        } else {
          const due = queue.firstDue(each.run, each.until)
          expect(due?.id).toBe(firstOf(model, each.run, each.until))
          if (due) transact(() => drop(due.id))
        }
      }
    }),
  )
})
