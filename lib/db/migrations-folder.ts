import { readdirSync } from 'node:fs'
import { join } from 'node:path'

// Everything starts in the checkout: `npm` sees to it, and the bundled server has no other way to find the folder.
const folder = join(process.cwd(), 'prisma')
export const migrationsFolder = join(folder, 'migrations')
export const schemaPath = join(folder, 'schema.prisma')

/** The names of all migrations this build knows, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}
