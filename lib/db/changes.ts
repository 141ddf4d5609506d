import 'server-only'
import type { QueryResult } from 'pg'
import { pool } from './client'

/** What a browser may be shown something of; beside them an object's own id is a topic. */
export type Noun = 'invoices' | 'customers' | 'catalog' | 'overview' | 'sync'

export const changesChannel = 'duebook_changes'

export type Queryable = { query(text: string, values?: unknown[]): Promise<QueryResult> }

/**
 * Tells every open browser that `topics` (nouns, or ids of objects) have changed. Within a transaction, give its
 * connection: it is then told if and when that commits.
 */
export async function announce(topics: string[], connection: Queryable = pool()): Promise<void> {
  await connection.query('select pg_notify($1, $2)', [changesChannel, JSON.stringify({ topics })])
}
