import 'server-only'
import { Logger, run, type TaskList } from 'graphile-worker'
import { pool } from '@/lib/db/client'
import { log } from '@/lib/log/log'

export type Jobs = {
  /** Runs `name` as soon as possible; while the same is waiting, it is not queued a second time. */
  add(name: string): Promise<void>
  /** Lets a running job end. */
  stop(): Promise<void>
  /** Rejects when the jobs can no longer run at all. */
  failed: Promise<void>
}

/**
 * Runs `tasks` by name and by `crontab` (graphile-worker's syntax, UTC). However many processes do so, each occurrence runs
 * once; a job that throws is tried again with growing pauses.
 */
export async function runJobs(tasks: Record<string, () => Promise<unknown>>, crontab: string): Promise<Jobs> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, async () => void (await task())]),
  )
  const runner = await run({
    pgPool: pool(),
    taskList,
    crontab,
    concurrency: 1,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => log[level === 'warning' ? 'warn' : quiet(level)](message)),
  })
  return {
    add: async (name) => {
      await runner.addJob(name, {}, { jobKey: name })
    },
    stop: () => runner.stop(),
    failed: runner.promise,
  }
}

/** It announces every single job as information. */
const quiet = (level: 'error' | 'info' | 'debug') => (level === 'info' ? 'debug' : level)
