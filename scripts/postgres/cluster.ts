import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { lastLine } from '../start/log-files'
import { StartFailure } from '../start/start-failure'
import { type Account, canReach, postgresAccount } from './account'
import { endOrphan } from './orphan'
import { openPlace, type Programs, postgresPrograms } from './programs'

export type Cluster = {
  name: string
  logFile: string
  /** Where the data really lies; elsewhere than asked for when root's account `postgres` could not reach that. */
  dataDir: string
  /** Connection URL of one of its databases. */
  url(database: string): string
  exited: Promise<void>
  stop(): Promise<void>
  kill(): void
}

export type ClusterOptions = {
  dataDir: string
  port: number
  password: string
  logFile: string
  /** Settings as in postgresql.conf: `{ fsync: 'off' }`. */
  settings?: Record<string, string>
}

/**
 * Starts PostgreSQL over `dataDir`, which it makes on the first call, listening on 127.0.0.1 only.
 * The server belongs to a session of its own, so that Ctrl-C in the terminal does not reach it before its clients are gone.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = postgresAccount()
  const programs = postgresPrograms(account)
  const dataDir = reachableDirectory(options.dataDir, account)
  if (existsSync(join(dataDir, 'PG_VERSION'))) {
    checkVersion(dataDir, programs)
    await endOrphan(dataDir)
  } else {
    initialize(dataDir, options.password, programs, account)
  }
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(options.logFile, 'a')
  const server = spawn(programs.postgres, ['-D', dataDir, '-p', String(options.port), ...flags], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.once('error', () => resolve())
  })
  const url = (database: string) =>
    `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`
  const isReady = await Promise.race([answers(url('postgres')), exited.then(() => false)])
  if (!isReady) {
    throw new StartFailure(
      `The embedded PostgreSQL did not start: ${lastLine(options.logFile)} (log: ${options.logFile})`,
    )
  }
  return {
    name: 'embedded PostgreSQL',
    logFile: options.logFile,
    dataDir,
    url,
    exited,
    kill: () => void server.kill('SIGQUIT'),
    stop: async () => {
      server.kill('SIGINT')
      const isStopped = await Promise.race([exited.then(() => true), sleep(30_000, false, { ref: false })])
      if (!isStopped) server.kill('SIGQUIT')
      await exited
    },
  }
}

/** `wanted`, or, where root's account `postgres` cannot get there, a place that it can reach and a link to it from `wanted`. */
function reachableDirectory(wanted: string, account: Account): string {
  mkdirSync(dirname(wanted), { recursive: true })
  if (!lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (canReach(account, dirname(wanted))) return wanted
    const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
    symlinkSync(join(openPlace, name, 'postgres'), wanted)
  }
  const open = resolve(dirname(wanted), readlinkSync(wanted))
  mkdirSync(dirname(open), { recursive: true })
  return open
}

function checkVersion(dataDir: string, programs: Programs): void {
  const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (found === programs.majorVersion) return
  throw new StartFailure(
    `The database in ${dataDir} was made by PostgreSQL ${found}, the embedded one is ${programs.majorVersion}: see "Upgrade" in docs/operating.md.`,
  )
}

function initialize(dataDir: string, password: string, programs: Programs, account: Account): void {
  // Made under another name first: a directory of the final name is complete, whenever the process was killed.
  const unfinished = `${dataDir}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  const scratch = mkdtempSync(join(tmpdir(), 'duebook-initdb-'))
  const passwordFile = join(scratch, 'password')
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    if (account) {
      for (const path of [unfinished, scratch, passwordFile]) chownSync(path, account.uid, account.gid)
    }
    const done = spawnSync(
      programs.initdb,
      [
        `--pgdata=${unfinished}`,
        `--pwfile=${passwordFile}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // PostgreSQL's own Unicode locale: the same order on every system, whatever that has installed.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      { ...account, cwd: '/', encoding: 'utf8' },
    )
    if (done.status !== 0) {
      const reason = done.error?.message ?? done.stderr.trim().split('\n').at(-1)
      throw new StartFailure(`The embedded PostgreSQL could not create its database in ${dataDir}: ${reason}`)
    }
    renameSync(unfinished, dataDir)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function answers(url: string): Promise<boolean> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    // Without a listener a connection that breaks while it is being closed would end this process.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return true
    } catch {
      await sleep(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return false
}

/** Creates `name` unless the cluster has it already. */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
