import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beginLog } from './log-files'
import { root, type Service, startService } from './service'
import { takeSocketLock } from './socket-lock'
import { sourceHash } from './source-hash'
import { StartFailure } from './start-failure'

export const nextProgram = join(root, 'node_modules/next/dist/bin/next')

const marker = join(root, '.next/duebook-sources')
// Written last: a build that broke off has none.
const isComplete = () => existsSync(join(root, '.next/BUILD_ID'))
const isBuilt = (hash: string) => isComplete() && existsSync(marker) && readFileSync(marker, 'utf8') === hash

/**
 * Builds the application unless the build in `.next` was made from these very sources.
 * Throws StartFailure with the place of the log when it does not build.
 */
export async function buildIfChanged(
  logs: string,
  say: (line: string) => void,
  supervise: (service: Service) => void,
): Promise<void> {
  const hash = sourceHash(root)
  if (isBuilt(hash)) return
  const release = await takeBuildLock(say)
  try {
    if (isBuilt(hash)) return
    const logFile = beginLog(logs, 'build')
    say('Building the application; this takes about a minute.')
    for (const file of [marker, join(root, '.next/BUILD_ID')]) rmSync(file, { force: true })
    const build = startService({
      name: 'build',
      args: [nextProgram, 'build'],
      // Nothing of this installation may end up in a bundle, so the build gets none of its settings.
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      },
      logFile,
      graceMs: 2000,
    })
    supervise(build)
    const { code } = await build.exited
    if (code !== 0 || !isComplete())
      throw new StartFailure(`The application does not build; the reasons are in ${logFile}.`)
    writeFileSync(marker, hash)
  } finally {
    release()
  }
}

async function takeBuildLock(say: (line: string) => void): Promise<() => void> {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  for (let isFirst = true; ; isFirst = false) {
    const lock = await takeSocketLock(join(tmpdir(), `duebook-build-${name}.sock`), 'building')
    if (lock.isMine) return lock.release
    if (isFirst) say('Another process is building the application here; waiting for it.')
    await sleep(500)
  }
}
