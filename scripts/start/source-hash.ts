import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What `next build` reads. The generated Prisma client follows from the schema and the lock file. */
const inputs = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'prisma/schema.prisma',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const isIgnored = (path: string) => path === 'lib/db/generated' || /\.test\.tsx?$/.test(path)

/** A fingerprint of all sources of the build under `root`: names and contents, not times. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256')
  for (const path of inputs.flatMap((input) => filesUnder(root, input))) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesUnder(root: string, path: string): string[] {
  const absolute = join(root, path)
  if (isIgnored(path) || !existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [path]
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`))
}
