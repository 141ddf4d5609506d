import 'server-only'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { pool } from '@/lib/db/client'
import { readBacklog } from './backlog'
import type { Reception, Rejection } from './inbox'
import { registerPassMetrics } from './pass-metrics'

export type DeliveryRejection = Rejection | 'too_large' | 'broken_off'
export type DeliveryOutcome = Reception | DeliveryRejection | 'unavailable'

const receptions: readonly DeliveryOutcome[] = [
  'stored',
  'ignored',
  'quarantined',
  'duplicate',
  'unavailable',
]

type Metrics = { registry: Registry } & ReturnType<typeof createWebhookMetrics>

// Next bundles route handlers apart from each other; they shall count in one place.
const shared = globalThis as typeof globalThis & { duebookMetrics?: Metrics | undefined }

function metrics(): Metrics {
  shared.duebookMetrics ??= createMetrics()
  return shared.duebookMetrics
}

export function countDelivery(outcome: DeliveryOutcome): void {
  if (receptions.includes(outcome)) metrics().deliveries.inc({ outcome })
  else metrics().rejected.inc({ reason: outcome })
}

/** @param seconds from the first byte of a delivery that was accepted to its answer */
export function observeDelivery(seconds: number): void {
  metrics().seconds.observe(seconds)
}

/** @param events how many shared the commit */
export function observeCommit(events: number): void {
  metrics().batch.observe(events)
}

/** All figures in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ body: string; contentType: string }> {
  const { registry } = metrics()
  return { body: await registry.metrics(), contentType: registry.contentType }
}

function createMetrics(): Metrics {
  const registry = new Registry()
  const webhooks = createWebhookMetrics(registry)
  registerPassMetrics(registry)
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
  return { registry, ...webhooks }
}

function createWebhookMetrics(registry: Registry) {
  const registers = [registry]
  return {
    deliveries: new Counter({
      name: 'duebook_webhooks_total',
      help: 'Verified deliveries to the webhook since this process began, by what became of them.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    rejected: new Counter({
      name: 'duebook_webhook_rejected_total',
      help: 'Deliveries to the webhook that were refused, by the reason.',
      labelNames: ['reason'] as const,
      registers,
    }),
    seconds: new Histogram({
      name: 'duebook_webhook_seconds',
      help: 'From the begin of an accepted delivery to its answer.',
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
      registers,
    }),
    batch: new Histogram({
      name: 'duebook_webhook_commit_events',
      help: 'How many events shared one commit.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 100],
      registers,
    }),
  }
}
