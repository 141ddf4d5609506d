import { type Control, control } from '@/sandbox/controls/control'

/** What the sandbox holds and what was asked of it. Lists are bare arrays, oldest first. */
export const stateControls: Control[] = [
  control('GET health', (engine) => ({
    ok: true,
    account: engine.accountId,
    directory: engine.directory,
    now: engine.clock.now(),
    pendingDeliveries: engine.outbox.deliveries.pending(),
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
]
