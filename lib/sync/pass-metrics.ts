import 'server-only'
import { Gauge, type Registry } from 'prom-client'
import { pool } from '@/lib/db/client'
import { readPassProgress } from './pass-progress'

/** Figures about taking over and comparing; they are in the database, and so the same in every process. */
export function registerPassMetrics(registry: Registry): void {
  new Gauge({
    name: 'duebook_sync_repairs_total',
    help: 'Objects that were not mirrored as Stripe has them, by what found them. Each is a defect.',
    labelNames: ['found_by'] as const,
    registers: [registry],
    async collect() {
      const { rows } = await pool().query(
        `select found_by, count(sync_repairs.id)::int as count
         from unnest(array['comparison', 'hourly', 'poll']) as finder (found_by) left join sync_repairs using (found_by)
         group by found_by`,
      )
      for (const { found_by, count } of rows) this.set({ found_by }, count)
    },
  })
  new Gauge({
    name: 'duebook_sync_pass_objects',
    help: 'Objects of the newest pass of each kind, by list: counted, done or repaired.',
    labelNames: ['kind', 'list', 'what'] as const,
    registers: [registry],
    async collect() {
      this.reset()
      for (const { kind, lists } of await readPassProgress()) {
        for (const { list, counted, done, repaired } of lists) {
          this.set({ kind, list, what: 'counted' }, counted)
          this.set({ kind, list, what: 'done' }, done)
          this.set({ kind, list, what: 'repaired' }, repaired)
        }
      }
    },
  })
}
