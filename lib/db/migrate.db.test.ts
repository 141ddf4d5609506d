import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { applyMigrations, diffFromSchema } from './migrate'
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

/** Every column, constraint, index and enum of the database, one line each. */
async function describeDatabase(url: string): Promise<string[]> {
  const rows = await query(
    url,
    `select concat_ws(' ', 'column', table_name, column_name, udt_name, numeric_precision, numeric_scale,
            datetime_precision, is_nullable, column_default) as line
       from information_schema.columns where table_schema = 'public'
     union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
       from pg_constraint where connamespace = 'public'::regnamespace
     union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
     union all select concat_ws(' ', 'enum', enumtypid::regtype, enumsortorder, enumlabel) from pg_enum
     order by 1`,
  )
  return rows.map((row) => String(row.line)).filter((line) => !line.includes('_prisma_migrations'))
}

async function databaseFromSchema(name: string): Promise<string> {
  const url = await freshDatabase(name)
  await query(url, await diffFromSchema(url, undefined))
  return url
}

describe('migrations', () => {
  it('lead to exactly what schema.prisma says', async () => {
    const wanted = await describeDatabase(await databaseFromSchema('made_from_schema'))
    expect(wanted.length).toBeGreaterThan(150)
    expect(await describeDatabase(database.url())).toEqual(wanted)
  })

  it('would be found out where they differ from it', async () => {
    const wanted = await describeDatabase(await databaseFromSchema('compared_with_schema'))
    const migrated = await freshDatabase('migrated_and_changed')
    await applyMigrations(migrated)
    await query(migrated, 'alter table products alter column description set not null')
    expect(await describeDatabase(migrated)).not.toEqual(wanted)
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
