import { spawnSync } from 'node:child_process'
import { StartFailure } from '../start/start-failure'

/** Whom PostgreSQL runs as; undefined means as whoever runs this program. */
export type Account = { uid: number; gid: number } | undefined

/**
 * PostgreSQL refuses to run as root, so root lends it the system account `postgres` and creates that where it is missing.
 * Throws StartFailure when there is none and none can be made.
 */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return undefined
  const known = lookUp()
  if (known) return known
  spawnSync('groupadd', ['--system', 'postgres'])
  spawnSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'])
  const created = lookUp()
  if (created) return created
  throw new StartFailure(
    'PostgreSQL does not run as root and the account `postgres` could not be created: start Duebook as an ordinary user, or set DATABASE_URL.',
  )
}

function lookUp(): Account {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Whether `account` gets through every directory on the way to `path`. Asks the system, which knows groups and mounts too. */
export function canReach(account: Account, path: string): boolean {
  if (account === undefined) return true
  return spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0
}
