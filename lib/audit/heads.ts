import 'server-only'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'

const headSchema = z.object({ seq: z.int().positive(), mac: z.string().regex(/^[0-9a-f]{64}$/) })

/** The newest entry of the chain at some moment. Who has it can tell later whether anything up to it is gone. */
export type Head = z.infer<typeof headSchema>

/** Where this installation writes heads out: outside the database, beside its logs. */
export const headsFile = () => join(env().home, 'audit-heads.jsonl')

/** The job: writes the head to a file and to the log, from where it can be shipped to somewhere else. */
export async function writeHead(): Promise<void> {
  const { rows } = await pool().query<{ seq: string; mac: string }>(
    'select seq, mac from audit_entries order by seq desc limit 1',
  )
  const [newest] = rows
  if (!newest) return
  const head: Head = { seq: Number(newest.seq), mac: newest.mac }
  log.info(head, 'head of the audit trail')
  await appendFile(headsFile(), `${JSON.stringify({ at: new Date().toISOString(), ...head })}\n`, {
    mode: 0o600,
  })
}

/**
 * Heads from a file with a line of JSON each. A last line that was not written to its end counts for nothing.
 * @throws Error for any other line that is no head
 */
export async function readHeads(path: string): Promise<Head[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1)
  return lines.map((line, at) => {
    const parsed = headSchema.safeParse(asJson(line))
    if (!parsed.success) throw new Error(`Line ${at + 1} of ${path} is no head of an audit trail.`)
    return parsed.data
  })
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
