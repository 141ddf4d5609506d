import 'server-only'
import { Counter, Gauge, Registry } from 'prom-client'
import { pool } from '@/lib/db/client'
import { readBacklog } from './backlog'
import type { Reception, Rejection } from './inbox'

type Metrics = { registry: Registry; webhooks: Counter<'outcome' | 'reason'> }

// Next bundles route handlers apart from each other; they shall count in one place.
const shared = globalThis as typeof globalThis & { duebookMetrics?: Metrics | undefined }

function metrics(): Metrics {
  shared.duebookMetrics ??= createMetrics()
  return shared.duebookMetrics
}

export function countWebhook(
  outcome: Reception | 'rejected' | 'unavailable',
  reason: Rejection | 'too_large' | '' = '',
) {
  metrics().webhooks.inc({ outcome, reason })
}

/** All figures in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ body: string; contentType: string }> {
  const { registry } = metrics()
  return { body: await registry.metrics(), contentType: registry.contentType }
}

function createMetrics(): Metrics {
  const registry = new Registry()
  const webhooks = new Counter({
    name: 'duebook_webhooks_total',
    help: 'Deliveries to the webhook since this process began, by what became of them.',
    labelNames: ['outcome', 'reason'] as const,
    registers: [registry],
  })
  const dirty = new Gauge({
    name: 'duebook_sync_dirty_objects',
    help: 'Objects whose newest change is not in the mirror yet.',
    registers: [registry],
  })
  const oldest = new Gauge({
    name: 'duebook_sync_oldest_dirty_seconds',
    help: 'How long the longest waiting of them has waited.',
    registers: [registry],
  })
  new Gauge({
    name: 'duebook_sync_dead_objects',
    help: 'Objects that are no longer tried.',
    registers: [registry],
    async collect() {
      const backlog = await readBacklog()
      dirty.set(backlog.dirty)
      oldest.set(backlog.oldestSeconds)
      this.set(backlog.dead)
    },
  })
  new Gauge({
    name: 'duebook_operations',
    help: 'What people did, by state.',
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      const { rows } = await pool().query(
        'select state, count(*)::int as count from operations group by state',
      )
      for (const { state, count } of rows) this.set({ state }, count)
    },
  })
  return { registry, webhooks }
}
