import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'
import { env } from '@/lib/env'
import { type AuditEntry, appendEntry } from './append-entry'
import { type Head, headsFile, readHeads, writeHead } from './heads'
import { verifyChain } from './verify-chain'

const database = useTestDatabase()
useTestSandbox()
process.env.DUEBOOK_HOME = mkdtempSync(join(tmpdir(), 'audit-'))
afterAll(() => rmSync(env().home, { recursive: true }))

const actorId = randomUUID()
const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  operationId: randomUUID(),
  name: 'invoice.void',
  actor: { id: actorId, name: 'Bela \u0000 “B”', role: 'biller' },
  object: { type: 'invoice', id: 'in_1' },
  reason: 'sent twice',
  input: { invoiceId: 'in_1' },
  before: { status: 'open' },
  after: { status: 'void' },
  outcome: 'done',
  error: null,
  stripeRequestIds: ['req_1'],
  ...over,
})

const append = (over?: Partial<AuditEntry>) =>
  inTransaction((connection) => appendEntry(connection, entry(over)))

/** As somebody who owns the table and switches its guard off. */
async function tamper(...statements: string[]): Promise<void> {
  const owner = new Client({ connectionString: database.url() })
  await owner.connect()
  await owner.query('alter table audit_entries disable trigger user')
  for (const statement of statements) await owner.query(statement)
  await owner.query('alter table audit_entries enable trigger user')
  await owner.end()
}

async function head(): Promise<Head> {
  const { head: newest } = await verifyChain([])
  if (!newest) throw new Error('the chain is empty')
  return newest
}

beforeEach(() => tamper('truncate audit_entries'))

describe('the audit trail', () => {
  it('is in order when it is empty', async () => {
    expect(await verifyChain([])).toEqual({ entries: 0, head: null, fault: null })
  })

  it('keeps what was done, by whom, why and with what outcome', async () => {
    await append()
    const { rows } = await pool().query('select text, at from audit_entries')
    expect(JSON.parse(rows[0].text)).toEqual({
      ...entry(),
      operationId: expect.any(String),
      seq: 1,
      at: rows[0].at.toISOString(),
    })
  })

  it('does not fork, however many append at once, and takes back what its transaction takes back', async () => {
    const aborted = inTransaction(async (connection) => {
      await appendEntry(connection, entry())
      throw new Error('no')
    }).catch(() => 'taken back')
    await Promise.all([...Array.from({ length: 100 }, () => append()), aborted])
    expect(await verifyChain([])).toMatchObject({ entries: 100, fault: null })
  })

  it.each(['update audit_entries set text = text', 'delete from audit_entries', 'truncate audit_entries'])(
    'refuses “%s”',
    async (statement) => {
      await append()
      await expect(pool().query(statement)).rejects.toThrow('append-only')
      expect(await verifyChain([])).toMatchObject({ entries: 1, fault: null })
    },
  )
})

describe('verification names the first entry that', () => {
  beforeEach(async () => {
    for (let count = 0; count < 5; count++) await append({ reason: `reason ${count}` })
  })

  it.each([
    [
      'was changed',
      [`update audit_entries set text = replace(text, 'reason 2', 'reason 9') where seq = 3`],
      3,
      'altered',
    ],
    ['is found under another name', ["update audit_entries set name = 'x' where seq = 2"], 2, 'columns'],
    [
      'is found at another time',
      ["update audit_entries set at = at + interval '1 ms' where seq = 2"],
      2,
      'columns',
    ],
    ['is missing', ['delete from audit_entries where seq = 2'], 2, 'missing'],
    [
      'was put in the place of another one',
      [
        'update audit_entries set seq = -seq',
        `update audit_entries set seq = case seq when -2 then 3 when -3 then 2 else -seq end`,
      ],
      2,
      'altered',
    ],
    [
      'follows one that was taken out without a trace',
      ['delete from audit_entries where seq = 2', 'update audit_entries set seq = seq - 1 where seq > 2'],
      2,
      'altered',
    ],
    [
      'was put in',
      [
        `insert into audit_entries select 6, at, name, actor_id, object_id, operation_id, replace(text, '"seq":5', '"seq":6'),
         key_id, mac from audit_entries where seq = 5`,
      ],
      6,
      'altered',
    ],
    [
      'was signed with a secret nobody knows',
      ["update audit_entries set key_id = 'x' where seq = 4"],
      4,
      'unknown_key',
    ],
  ] as const)('%s', async (_, statements, seq, what) => {
    await tamper(...statements)
    expect((await verifyChain([])).fault).toEqual({ seq, what })
  })

  it('was cut off from the end, by a head that was written out', async () => {
    await writeHead()
    const heads = await readHeads(headsFile())
    expect(heads).toMatchObject([await head()])
    expect(await verifyChain(heads)).toMatchObject({ entries: 5, fault: null })
    await tamper('delete from audit_entries where seq > 3')
    expect((await verifyChain([])).fault).toBeNull()
    expect((await verifyChain(heads)).fault).toEqual({ seq: 5, what: 'cut' })
    await append()
    await append()
    expect((await verifyChain(heads)).fault).toEqual({ seq: 5, what: 'cut' })
  })
})

describe('heads', () => {
  it('are read as far as they were written', async () => {
    const path = join(env().home, 'some.jsonl')
    const line = JSON.stringify({ seq: 1, mac: 'a'.repeat(64) })
    writeFileSync(path, `${line}\n${line.slice(0, 20)}`)
    expect(await readHeads(path)).toHaveLength(1)
    writeFileSync(path, `${line}\nnonsense\n`)
    await expect(readHeads(path)).rejects.toThrow('Line 2')
  })

  it('are not written of an empty trail', async () => {
    rmSync(headsFile(), { force: true })
    await writeHead()
    expect(() => readFileSync(headsFile())).toThrow('ENOENT')
  })
})
