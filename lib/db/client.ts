import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { PrismaClient } from './generated/client'

type Database = { pool: Pool; prisma: PrismaClient }

// Next bundles route handlers and pages apart from each other; the process shall still have one pool.
const shared = globalThis as typeof globalThis & { duebookDatabase?: Database | undefined }

/** Prisma over the process's one pool: for ordinary reads and writes. */
export function db(): PrismaClient {
  return connected().prisma
}

/** The process's one pool of plain connections: for hot paths and for SQL that Prisma cannot say. */
export function pool(): Pool {
  return connected().pool
}

/** Waits for running queries, then closes every connection. */
export async function closeDatabase(): Promise<void> {
  const database = shared.duebookDatabase
  shared.duebookDatabase = undefined
  if (database === undefined) return
  await database.prisma.$disconnect()
  await database.pool.end()
}

function connected(): Database {
  shared.duebookDatabase ??= connect()
  return shared.duebookDatabase
}

function connect(): Database {
  const pool = new Pool({
    connectionString: env().databaseUrl,
    application_name: 'duebook',
    max: 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // Prisma's adapter reads every instant as UTC, whatever zone the server answers in.
    options: '-c TimeZone=UTC',
    statement_timeout: 5_000,
    // Later than that nobody answers on this connection any more, and whoever waits on it must hear so.
    query_timeout: 8_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
  })
  // A connection that breaks (a restart of PostgreSQL) raises these; unheard they would end the process. The pool tells of
  // idle ones; of one in use, whoever uses it is told by its query.
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection broke'))
  pool.on('connect', (connection) => connection.on('error', () => {}))
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}
