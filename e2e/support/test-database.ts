import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase } from '@/lib/db/client'

/**
 * Gives the test file a migrated, empty database of its own, as DATABASE_URL, and drops it afterwards.
 * Nothing may read the environment before the first test or hook runs.
 */
export function useTestDatabase(): { url(): string } {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${name}`
  process.env.DATABASE_URL = url.href

  beforeAll(async () => {
    await asAdmin((admin) =>
      admin.query(`create database ${name} template duebook_template strategy file_copy`),
    )
  })
  afterAll(async () => {
    await closeDatabase()
    await asAdmin((admin) => admin.query(`drop database ${name} with (force)`))
  })
  return { url: () => url.href }
}

async function asAdmin(work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: inject('adminUrl') })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
