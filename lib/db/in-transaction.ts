import 'server-only'
import type { PoolClient } from 'pg'
import { pool } from './client'

/** Runs `work` on one connection between begin and commit; whatever it throws rolls back and goes on to the caller. */
export async function inTransaction<T>(work: (connection: PoolClient) => Promise<T>): Promise<T> {
  const connection = await pool().connect()
  try {
    await connection.query('begin')
    const result = await work(connection)
    await connection.query('commit')
    connection.release()
    return result
  } catch (error) {
    // A connection that cannot even roll back is broken, and must not go back to the pool.
    const isBroken = await connection.query('rollback').then(
      () => false,
      () => true,
    )
    connection.release(isBroken)
    throw error
  }
}
