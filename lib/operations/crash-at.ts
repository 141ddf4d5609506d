import 'server-only'
import { env } from '@/lib/env'

export type KillPoint =
  | 'after_intent'
  | 'before_call'
  | 'mid_items'
  | 'after_call_before_commit'
  | 'after_commit_before_reply'

/**
 * Ends the process as `kill -9` would, where CRASH_AT names this point: `before_call`, or `before_call:finalize` for that
 * step alone. For tests of what a crash leaves behind; settings refuse it together with a live key.
 */
export function crashAt(point: KillPoint, step?: string): void {
  const { crashAt: wanted } = env()
  if (wanted === undefined || (wanted !== point && wanted !== `${point}:${step}`)) return
  process.kill(process.pid, 'SIGKILL')
}
