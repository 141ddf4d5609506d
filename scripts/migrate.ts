import { readFileSync } from 'node:fs'
import { applyMigrations, diffFromSchema } from '@/lib/db/migrate'
import { parseSettings } from '@/lib/env'
import { joinInstallation } from './start/running-instance'

/*
 * `npm run db:migrate` applies what is pending to DATABASE_URL.
 * `npm run db:migrate -- --diff old-schema.prisma` prints the SQL that leads from an older schema to the present one.
 */

joinInstallation()
const settings = parseSettings(process.env)
if (!settings.ok) fail(settings.error)
const { databaseUrl } = settings.value
if (databaseUrl === undefined)
  fail('DATABASE_URL is not set; `npm start` migrates its embedded database itself.')

const [flag, older] = process.argv.slice(2)
if (flag === '--diff') {
  process.stdout.write(await diffFromSchema(databaseUrl, older && readFileSync(older, 'utf8')))
} else {
  const applied = await applyMigrations(databaseUrl)
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
