import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeSocketLock } from './socket-lock'
import { StartFailure } from './start-failure'

/** Socket addresses end after 103 bytes on macOS, 107 on Linux, and the lock needs some for names of its own. */
const longestAddress = 80

/** Lets one starter at a time use `home`; a second one is told where the first runs. Answers how to let go. */
export async function takeHome(home: string, url: string): Promise<() => void> {
  const lock = await takeSocketLock(lockAddress(home), `at ${url} (process ${process.pid})`)
  if (lock.isMine) return lock.release
  throw new StartFailure(
    `Duebook is already running with ${home} ${lock.holder}: stop it first, or give this one another DUEBOOK_HOME and PORT.`,
  )
}

function lockAddress(home: string): string {
  const inside = join(home, 'running.sock')
  if (Buffer.byteLength(inside) <= longestAddress) return inside
  return join(tmpdir(), `duebook-${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`)
}
