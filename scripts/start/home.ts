import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { codeOf, inWords, StartFailure } from './start-failure'

/** DUEBOOK_HOME: everything that an installation keeps outside a database of its own. */
export type Home = {
  path: string
  postgres: string
  sandbox: string
  logs: string
  kept: Kept
  /** Replaces what is kept, at once or not at all. */
  keep(change: Partial<Kept>): void
}

const keptSchema = z.object({
  nextAuthSecret: z.string(),
  postgresPassword: z.string(),
  sandboxKey: z.string(),
  sandboxWebhookSecret: z.string(),
  /** Kept so that addresses somebody has copied stay right after a restart. */
  postgresPort: z.number().optional(),
  sandboxPort: z.number().optional(),
  /** When the demo data was complete; ISO instant. */
  seededAt: z.string().optional(),
})
/** What `npm start` made up, and must find again. */
export type Kept = z.infer<typeof keptSchema>

const token = () => randomBytes(24).toString('hex')

/** Opens the directory, making it on the first start. Throws StartFailure when it cannot be used. */
export function openHome(given: string): Home {
  const path = resolve(given)
  try {
    // Root's database runs under another account, which must get through here; what is secret has its own mode.
    makeDirectory(path, process.getuid?.() === 0 ? 0o711 : 0o700)
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    const kept = openKept(join(path, 'kept.json'))
    return {
      path,
      postgres: join(path, 'postgres'),
      sandbox: join(path, 'sandbox'),
      logs: join(path, 'logs'),
      kept,
      keep: (change) => writeKept(join(path, 'kept.json'), Object.assign(kept, change)),
    }
  } catch (error) {
    if (error instanceof StartFailure || codeOf(error) === undefined) throw error
    // The system's sentences are like "EACCES: permission denied, mkdir '/x'".
    const reason = /^[A-Z]+: ([^,]+),/.exec(inWords(error))?.[1] ?? inWords(error)
    throw new StartFailure(`DUEBOOK_HOME ${path} cannot be read and written: ${reason}.`)
  }
}

/** Not by `recursive`, with which Node 20 never returns where the system forbids new names, as in /proc. */
function makeDirectory(path: string, mode: number): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeDirectory(dirname(path), 0o755)
  mkdirSync(path, { mode })
}

function openKept(file: string): Kept {
  if (existsSync(file)) {
    const parsed = keptSchema.safeParse(readJson(file))
    if (parsed.success) return parsed.data
    throw new StartFailure(
      `${file} is damaged: restore it from a backup; it holds secrets that the data depends on.`,
    )
  }
  const kept: Kept = {
    nextAuthSecret: token(),
    postgresPassword: token(),
    sandboxKey: `sk_test_${token()}`,
    sandboxWebhookSecret: `whsec_${token()}`,
  }
  writeKept(file, kept)
  return kept
}

function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function writeKept(file: string, kept: Kept): void {
  const unfinished = `${file}.new`
  writeFileSync(unfinished, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
  chmodSync(unfinished, 0o600)
  renameSync(unfinished, file)
}
