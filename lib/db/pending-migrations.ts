import 'server-only'
import { pool } from './client'
import { migrationNames } from './migrations-folder'

/** The migrations that this build knows and this database has not, or not completely. */
export async function pendingMigrations(): Promise<string[]> {
  const { rows } = await pool().query<{ migration_name: string }>(
    `select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
  )
  const applied = new Set(rows.map((row) => row.migration_name))
  return migrationNames().filter((name) => !applied.has(name))
}
