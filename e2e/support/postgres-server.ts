import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '@/scripts/postgres/cluster'
import { findPort } from '@/scripts/start/ports'

export type PostgresServer = {
  /** The address of one of its databases. */
  url(database: string): string
  /** As after `pg_ctl stop`: existing connections break, new ones are refused. */
  stop(): Promise<void>
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>
  /** Stops it and deletes its data. */
  remove(): Promise<void>
}

const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
}

/** A real PostgreSQL on a free port with an empty, throw-away data directory; it gives up durability for speed. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'duebook-postgres-'))
  // As root, PostgreSQL runs as another user, who has to reach its data directory.
  await chmod(folder, 0o755)
  const options = {
    dataDir: join(folder, 'data'),
    port: await findPort(),
    password: 'duebook',
    logFile: join(folder, 'postgres.log'),
    settings,
  }
  let cluster: Cluster = await startCluster(options)
  return {
    url: (database) => cluster.url(database),
    stop: () => cluster.stop(),
    start: async () => {
      cluster = await startCluster(options)
    },
    remove: async () => {
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
