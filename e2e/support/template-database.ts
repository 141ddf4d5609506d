import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '@/lib/db/migrate'
import { startPostgresServer } from './postgres-server'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the database that may create and drop others. */
    adminUrl: string
  }
}

const templateName = 'duebook_template'

/** Starts one PostgreSQL for the whole run and prepares the migrated database that every test file copies. */
export default async function prepareTemplate(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer()
  try {
    const admin = new Client({ connectionString: server.url('postgres') })
    await admin.connect()
    await admin.query(`create database ${templateName}`)
    await admin.end()
    await applyMigrations(server.url(templateName))
  } catch (error) {
    await server.remove()
    throw error
  }
  project.provide('adminUrl', server.url('postgres'))
  return server.remove
}
