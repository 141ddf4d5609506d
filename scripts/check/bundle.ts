import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../start/service'
import type { Finding } from './run-tool'

/** What no browser may ever get, and why it is no false alarm. */
const forbidden: { name: string; pattern: RegExp }[] = [
  { name: 'a Stripe key', pattern: /\b[sr]k_(?:test|live)_[A-Za-z0-9]{8,}/ },
  { name: 'a webhook secret', pattern: /\bwhsec_[A-Za-z0-9]{8,}/ },
  { name: 'a database address', pattern: /\bpostgres(?:ql)?:\/\/[^"'`\s]*@/ },
  // Not STRIPE_SECRET_KEY: a sentence for people names it. What reads the settings would bring all of these along.
  { name: 'the reader of settings', pattern: /\b(?:DATABASE_URL|NEXTAUTH_SECRET|DUEBOOK_HOME)\b/ },
  { name: 'the sandbox', pattern: /_sandbox\// },
  { name: 'the database client', pattern: /PrismaClientKnownRequestError/ },
]

/** Looks through everything that the build serves to browsers. Nothing to look through is no finding: `npm test` builds. */
export async function checkBundle(): Promise<Finding> {
  const folder = join(root, '.next/static')
  if (!existsSync(folder)) return { ok: true, note: 'bundle (not built here)' }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const findings = files.flatMap((file) => scan(file, join(folder, file)))
  if (findings.length === 0)
    return { ok: true, note: `nothing secret in ${files.length} files of the bundle` }
  return { ok: false, text: findings.join('\n') }
}

function scan(file: string, path: string): string[] {
  if (file.endsWith('.map')) return [`.next/static/${file} is a source map`]
  if (!/\.(?:js|css|json|txt|html)$/.test(file)) return []
  return findForbidden(readFileSync(path, 'utf8')).map((name) => `.next/static/${file} contains ${name}`)
}

export function findForbidden(content: string): string[] {
  return forbidden.filter(({ pattern }) => pattern.test(content)).map(({ name }) => name)
}
