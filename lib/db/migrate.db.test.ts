import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { applyMigrations, diffFromDatabase } from './migrate'
import { migrationNames } from './migrations-folder'

const database = useTestDatabase()

async function freshDatabase(name: string): Promise<string> {
  const admin = new Client({ connectionString: inject('adminUrl') })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${name}`
  return url.href
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

describe('migrations', () => {
  it('lead to exactly what schema.prisma says', async () => {
    expect(await diffFromDatabase(database.url())).toBe('-- This is an empty migration.\n\n')
  })

  it('would notice a difference', async () => {
    await query(database.url(), 'alter table products add column forgotten int')
    expect(await diffFromDatabase(database.url())).toContain('DROP COLUMN "forgotten"')
    await query(database.url(), 'alter table products drop column forgotten')
  })

  it('are applied once, also by several processes at the same time', async () => {
    const url = await freshDatabase('migrated_by_many')
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url)))
    expect(applied.flat().sort()).toEqual(migrationNames())
    expect(await applyMigrations(url)).toEqual([])
  })

  it("are recorded the way Prisma's own CLI records them", async () => {
    const rows = await query(
      database.url(),
      'select migration_name, checksum, finished_at is not null as finished, applied_steps_count from _prisma_migrations',
    )
    const expected = migrationNames().map((name) => ({
      migration_name: name,
      checksum: createHash('sha256')
        .update(readFileSync(`prisma/migrations/${name}/migration.sql`))
        .digest('hex'),
      finished: true,
      applied_steps_count: 1,
    }))
    expect(rows).toEqual(expected)
  })
})
