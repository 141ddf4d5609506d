import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartFailure } from '../start/start-failure'

/**
 * Ends a server that still serves `dataDir` because whoever started it was killed, and removes the lock file of one that is gone.
 * A process that merely got the same number (usual after a container restarts) is left alone.
 */
export async function endOrphan(dataDir: string): Promise<void> {
  const lockFile = join(dataDir, 'postmaster.pid')
  const owner = readLock(lockFile)
  if (owner === undefined) return
  const { pid, servedDir } = owner
  const command = commandOf(pid)
  if (command === undefined) return
  if (!command.includes('postgres') || !command.includes(servedDir)) {
    rmSync(lockFile, { force: true })
    return
  }
  // SIGINT is PostgreSQL's fast shutdown: sessions end, everything committed stays.
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (commandOf(pid) === undefined) return
    await sleep(50)
  }
  throw new StartFailure(
    `A PostgreSQL left over in ${dataDir} does not stop: end process ${pid} and try again.`,
  )
}

/** Its first two lines: the process, and the directory under the name that it had then. */
function readLock(lockFile: string): { pid: number; servedDir: string } | undefined {
  if (!existsSync(lockFile)) return undefined
  const [pid, servedDir] = readFileSync(lockFile, 'utf8').split('\n')
  return servedDir ? { pid: Number(pid), servedDir } : undefined
}

function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      // A zombie has no command line any more.
      return command === '' ? undefined : command
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  } catch {
    return undefined
  }
}
