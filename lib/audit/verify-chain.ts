import 'server-only'
import { pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import type { StoredEntry } from './append-entry'
import { type ChainKey, chainKeyOf, macOf, origin } from './chain'
import type { Head } from './heads'

/**
 * `missing`: a number is left out. `altered`: the entry or one before it is not what was signed. `columns`: what it is looked
 * up by is not what it says. `unknown_key`: signed with a secret that is not set. `cut`: a head that was written out is not
 * there any more, or is another one.
 */
export type Fault = { seq: number; what: 'missing' | 'altered' | 'columns' | 'unknown_key' | 'cut' }

/** `fault` is the first one; entries behind it were not looked at. */
export type Verdict = { entries: number; head: Head | null; fault: Fault | null }

type Row = {
  seq: string
  at: Date
  name: string
  actor_id: string
  object_id: string | null
  operation_id: string
  text: string
  key_id: string
  mac: string
}

const batch = 5_000

/**
 * Reads the whole chain, in parts.
 * @param heads what was written out earlier, in any order; only they can tell that the end of the chain was cut off
 */
export async function verifyChain(heads: readonly Head[]): Promise<Verdict> {
  const keys = new Map(
    env()
      .auditSecrets.map(chainKeyOf)
      .map((key) => [key.id, key]),
  )
  const expected = new Map(heads.map(({ seq, mac }) => [seq, mac]))
  let head: Head = { seq: 0, mac: origin }
  const verdict = (fault: Fault | null): Verdict => ({
    entries: head.seq,
    head: head.seq === 0 ? null : head,
    fault,
  })
  for (let rows = await rowsAfter(0); rows.length > 0; rows = await rowsAfter(head.seq)) {
    for (const row of rows) {
      const fault = faultOf(row, head, keys, expected)
      if (fault) return verdict(fault)
      head = { seq: Number(row.seq), mac: row.mac }
    }
  }
  const cut = [...expected.keys()].filter((seq) => seq > head.seq).sort((a, b) => a - b)[0]
  return verdict(cut === undefined ? null : { seq: cut, what: 'cut' })
}

async function rowsAfter(seq: number): Promise<Row[]> {
  const { rows } = await pool().query<Row>(
    `select seq, at, name, actor_id, object_id, operation_id, text, key_id, mac from audit_entries
     where seq > $1 order by seq limit $2`,
    [seq, batch],
  )
  return rows
}

function faultOf(
  row: Row,
  before: Head,
  keys: ReadonlyMap<string, ChainKey>,
  expected: ReadonlyMap<number, string>,
): Fault | null {
  const seq = before.seq + 1
  if (Number(row.seq) !== seq) return { seq, what: 'missing' }
  const key = keys.get(row.key_id)
  if (!key) return { seq, what: 'unknown_key' }
  if (macOf(key, before.mac, row.text) !== row.mac) return { seq, what: 'altered' }
  if (!saysTheSame(row)) return { seq, what: 'columns' }
  return (expected.get(seq) ?? row.mac) === row.mac ? null : { seq, what: 'cut' }
}

function saysTheSame({ text, ...row }: Row): boolean {
  const entry = JSON.parse(text) as StoredEntry
  return (
    entry.seq === Number(row.seq) &&
    entry.at === row.at.toISOString() &&
    entry.name === row.name &&
    entry.actor.id === row.actor_id &&
    (entry.object?.id ?? null) === row.object_id &&
    entry.operationId === row.operation_id
  )
}
