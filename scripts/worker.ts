import { resumeOperation } from '@/lib/actions/operations'
import { writeHead } from '@/lib/audit/heads'
import { closeDatabase } from '@/lib/db/client'
import { runJobs } from '@/lib/jobs/run-jobs'
import { log } from '@/lib/log/log'
import { startReaper } from '@/lib/operations/reaper'
import { adoptOrphans } from '@/lib/sync/adopt-orphans'
import { cleanUp } from '@/lib/sync/clean-up'
import { pollEvents } from '@/lib/sync/poll-events'
import { startSweeper } from '@/lib/sync/sweeper'
import { startWorker } from '@/lib/sync/work'
import { joinInstallation } from './start/running-instance'

/* The background process: keeps the mirror right, settles operations that broke off, and runs what recurs. Any number of them may run. */

/** Orchestrators kill after 30 s; what is cut off is claimed again when its lease has run out. */
const longestStop = 25_000

const tasks = {
  'adopt-orphans': adoptOrphans,
  'poll-events': pollEvents,
  'clean-up': cleanUp,
  'write-audit-head': writeHead,
}
const crontab = `
41 * * * * adopt-orphans ?jobKey=adopt-orphans&max=3
* * * * * poll-events ?jobKey=poll-events&max=1
0 * * * * write-audit-head ?jobKey=write-audit-head&max=3
17 3 * * * clean-up ?jobKey=clean-up&max=3
`

joinInstallation()
try {
  const worker = await startWorker()
  const reaper = startReaper(resumeOperation)
  const jobs = await runJobs(tasks, crontab)
  const sweeper = startSweeper()
  log.info('worker is ready')

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'worker is stopping')
    setTimeout(() => process.exit(1), longestStop).unref()
    await Promise.all([worker.stop(), reaper.stop(), sweeper.stop(), jobs.stop()])
    await closeDatabase()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await jobs.failed
  if (!stopping) throw new Error('the jobs ended by themselves')
} catch (error) {
  log.fatal({ err: error }, 'worker failed')
  process.exit(1)
}
