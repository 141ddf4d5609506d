import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { Client, Pool } from 'pg'
import { migrationNames, migrationsFolder, schemaPath } from './migrations-folder'

/*
 * Applies Prisma's migrations without Prisma's CLI, which downloads its engine from a host that not everybody can reach.
 * The same engine comes as WebAssembly in an npm package; folder, checksums and `_prisma_migrations` are Prisma's own, so
 * `prisma migrate deploy` works on the same database.
 */

const filters = { externalTables: [], externalEnums: [] }
/** Any number, as long as every Duebook takes the same one. */
const advisoryLock = 4_733_110

/** Brings the database at `databaseUrl` up to date and returns the names of the migrations applied; one process at a time. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl })
  await lock.connect()
  try {
    await lock.query('select pg_advisory_lock($1)', [advisoryLock])
    return await withEngine(databaseUrl, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: readMigrations(),
        filters,
      })
      return appliedMigrationNames
    })
  } finally {
    await lock.end()
  }
}

/**
 * The SQL from an older text of `schema.prisma` (from nothing when undefined) to the present one: the body of the next
 * migration. The database at `databaseUrl` is only connected to.
 */
export async function diffFromSchema(databaseUrl: string, older: string | undefined): Promise<string> {
  const target = (content: string): DiffTarget => ({
    tag: 'schemaDatamodel',
    files: [{ path: schemaPath, content }],
  })
  const from: DiffTarget = older === undefined ? { tag: 'empty' } : target(older)
  const to = target(await readFile(schemaPath, 'utf8'))
  return await withEngine(databaseUrl, async (engine) => {
    const result = await engine.diff({ from, to, script: true, exitCode: null, filters })
    return result.stdout ?? ''
  })
}

async function withEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const bindings = await loadEngine()
  const schema = await readFile(schemaPath, 'utf8')
  // The engine never closes the connections it was given, and a forgotten one keeps a database from being copied.
  const connections = new Pool({ connectionString: databaseUrl })
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(connections))
  try {
    return await work(
      await bindings.SchemaEngine.new({ datamodels: [[schemaPath, schema]] }, () => {}, adapter),
    )
  } finally {
    await connections.end()
  }
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')
let loaded: Promise<Bindings> | undefined

/** The package's own entry imports the .wasm file as a module, which Node does not do yet. */
function loadEngine(): Promise<Bindings> {
  loaded ??= (async () => {
    const bindings: Bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const wasm = await readFile(entry.replace(/\.js$/, '.wasm'))
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings })
    bindings.__wbg_set_wasm(instance.exports)
    const start = instance.exports.__wbindgen_start
    if (typeof start !== 'function') throw new Error('the schema engine has no entry point')
    start()
    return bindings
  })()
  return loaded
}

function readMigrations(): MigrationList {
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsFolder, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
