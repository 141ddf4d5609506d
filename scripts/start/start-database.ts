import { ensureDatabase, startCluster } from '../postgres/cluster'
import { checkDatabase } from './database'
import type { Home } from './home'
import { beginLog } from './log-files'
import { findPort } from './ports'
import type { Summary } from './summary'
import { holdOrGiveUp, type Supervisor } from './supervisor'

export type Database = { url: string; summary: Summary['database'] }

/** The database that was given, or the embedded one of this home. */
export async function startDatabase(
  givenUrl: string | undefined,
  home: Home,
  supervisor: Supervisor,
): Promise<Database> {
  if (givenUrl !== undefined) {
    await checkDatabase(givenUrl)
    const { host, pathname } = new URL(givenUrl)
    return { url: givenUrl, summary: { kind: 'external', address: `${host}${pathname}` } }
  }
  const port = await findPort(home.kept.postgresPort)
  home.keep({ postgresPort: port })
  const cluster = await startCluster({
    dataDir: home.postgres,
    port,
    password: home.kept.postgresPassword,
    logFile: beginLog(home.logs, 'postgres'),
  })
  holdOrGiveUp(supervisor, cluster)
  await ensureDatabase(cluster, 'duebook')
  return { url: cluster.url('duebook'), summary: { kind: 'embedded', dataDir: cluster.dataDir } }
}
