import pg from 'pg'
import { codeOf, inWords, StartFailure } from './start-failure'

const oldestVersion = 14

const reasons: Record<string, (url: URL) => string> = {
  ECONNREFUSED: (url) => `nothing answers at ${url.host}`,
  ENOTFOUND: (url) => `there is no host named ${url.hostname}`,
  EAI_AGAIN: (url) => `the host name ${url.hostname} cannot be resolved`,
  '28P01': (url) => `${url.host} refuses the password of ${url.username}`,
  '28000': (url) => `${url.host} does not let ${url.username} in`,
  '3D000': (url) => `${url.host} has no database named ${url.pathname.slice(1)}`,
}

/** Connects once to a database that somebody else runs. Throws StartFailure, without the password, when that fails. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query('show server_version_num')
    const version = Math.floor(Number(rows[0].server_version_num) / 10_000)
    if (version < oldestVersion) {
      throw new StartFailure(
        `DATABASE_URL leads to PostgreSQL ${version}; Duebook needs ${oldestVersion} or newer.`,
      )
    }
  } catch (error) {
    if (error instanceof StartFailure) throw error
    const reason = reasons[codeOf(error) ?? '']?.(new URL(databaseUrl)) ?? inWords(error)
    throw new StartFailure(`DATABASE_URL does not work: ${reason}.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}
