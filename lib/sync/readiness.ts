import 'server-only'
import { pendingMigrations } from '@/lib/db/pending-migrations'
import { log } from '@/lib/log/log'
import { readBacklog } from './backlog'
import { syncHealth } from './sync-summary'

type Check = 'database' | 'migrations' | 'worker' | 'inbox'
export type Readiness = { ready: boolean; checks: Record<Check, string> }

const longestLagSeconds = 300

/** Whether this installation does its work; each check says `ok` or what is wrong with it. */
export async function readiness(): Promise<Readiness> {
  try {
    const checks = { database: 'ok', ...(await checkData()) }
    return { ready: Object.values(checks).every((check) => check === 'ok'), checks }
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer')
    const unknown = 'not known without the database'
    return {
      ready: false,
      checks: { database: 'does not answer', migrations: unknown, worker: unknown, inbox: unknown },
    }
  }
}

async function checkData(): Promise<Record<Exclude<Check, 'database'>, string>> {
  const pending = await pendingMigrations()
  if (pending.length > 0) {
    const unknown = 'not known before the migrations'
    return { migrations: `not applied: ${pending.join(', ')}`, worker: unknown, inbox: unknown }
  }
  const [{ worker }, { oldestSeconds }] = await Promise.all([syncHealth(), readBacklog()])
  return {
    migrations: 'ok',
    worker: worker.state === 'ok' ? 'ok' : `not heard of since ${worker.seenAt ?? 'ever'}`,
    inbox:
      oldestSeconds < longestLagSeconds ? 'ok' : `something has waited for ${Math.floor(oldestSeconds)} s`,
  }
}
