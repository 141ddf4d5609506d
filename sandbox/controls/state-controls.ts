import { z } from 'zod'
import { type Control, control, readBody } from '@/sandbox/controls/control'
import { nobody } from '@/sandbox/engine'
import { runSchedule } from '@/sandbox/resources/invoice-schedule'

const clockMove = z.union([
  z.strictObject({ advance_seconds: z.int().min(0) }),
  z.strictObject({ to: z.int().min(0) }),
])

/** What the sandbox holds, what was asked of it, and its time. Lists are bare arrays, oldest first. */
export const stateControls: Control[] = [
  control('GET health', (engine) => ({
    ok: true,
    account: engine.accountId,
    directory: engine.directory,
    now: engine.clock.now(),
    pendingDeliveries: engine.deliveries.pending(),
  })),
  control('POST reset', (engine) => {
    engine.reset()
    return { ok: true }
  }),
  control('GET ledger', (engine, { query }) => {
    const [path, key] = [query.get('path'), query.get('key')]
    return [...engine.store.table('ledger').all()].filter(
      (entry) => (path === null || entry.path === path) && (key === null || entry.idempotencyKey === key),
    )
  }),
  control('GET requests', (engine, { query }) =>
    engine.requests
      .latest()
      .filter(({ method, path, status, idempotencyKey: key }) =>
        Object.entries({ method, path, status, key }).every(
          ([name, value]) => (query.get(name) ?? String(value)) === String(value),
        ),
      ),
  ),
  control('GET clock', (engine) => ({ now: engine.clock.now() })),
  control('POST clock', (engine, { body }) => {
    const move = readBody(clockMove, body)
    engine.moveClock('to' in move ? move.to - engine.clock.now() : move.advance_seconds)
    runSchedule((work) => engine.transact(nobody, work))
    return { now: engine.clock.now() }
  }),
  control('GET mail', (engine) => [...engine.store.table('mails').all()]),
]
