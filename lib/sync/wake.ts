import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { pool } from '@/lib/db/client'

export const dirtyChannel = 'duebook_dirty'

/** A burst of hints wakes nobody more often than that. */
const shortestPause = 20

let telling = false
let again = false

/**
 * Tells the workers that something is dirty. Never waits and never fails: they look every second anyway. It is not part of
 * the transaction that made it so, because commits that notify wait for each other.
 */
export function wakeWorkers(): void {
  if (telling) again = true
  else void tell()
}

async function tell(): Promise<void> {
  telling = true
  do {
    again = false
    await pool()
      .query('select pg_notify($1, $2)', [dirtyChannel, ''])
      .catch(() => {})
    await pause(shortestPause, undefined, { ref: false })
  } while (again)
  telling = false
}
