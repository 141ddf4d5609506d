import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import { storable } from '@/lib/stripe/raw'

export type Row = Record<string, string | number | bigint | boolean | Date | object | null>

/**
 * Inserts or overwrites rows by id, in one statement: Prisma's upsert reads first and loses races. Keys are the model's
 * field names, the same in every row; `constants` are SQL expressions for further columns.
 */
async function upsert(
  connection: Queryable,
  table: string,
  rows: Row[],
  constants: Record<string, string> = {},
): Promise<void> {
  for (let from = 0; from < rows.length; from += mostAtOnce) {
    await upsertSome(connection, table, rows.slice(from, from + mostAtOnce), constants)
  }
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const mostAtOnce = 1_000

async function upsertSome(
  connection: Queryable,
  table: string,
  rows: Row[],
  constants: Record<string, string>,
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const fields = Object.keys(first)
  const columns = [...fields, ...Object.keys(constants)].map(columnName)
  const tuples = rows.map((_, at) => {
    const parameters = fields.map((_, index) => `$${at * fields.length + index + 1}`)
    return `(${[...parameters, ...Object.values(constants)].join(', ')})`
  })
  const updates = columns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`)
  await connection.query(
    `insert into ${table} (${columns.join(', ')}) values ${tuples.join(', ')}
     on conflict (id) do update set ${updates.join(', ')}`,
    rows.flatMap((row) => fields.map((field) => toParameter(row[field]))),
  )
}

/** All parts of an object, in place of those it had. */
export async function replaceParts(
  connection: Queryable,
  { table, owner, ownerId, rows }: { table: string; owner: string; ownerId: string; rows: Row[] },
): Promise<void> {
  await connection.query(`delete from ${table} where ${columnName(owner)} = $1 and id <> all ($2)`, [
    ownerId,
    rows.map(({ id }) => id),
  ])
  await upsert(
    connection,
    table,
    rows.map((row) => ({ ...row, [owner]: ownerId })),
  )
}

/** As `upsert`, for one object of the mirror that Stripe has just shown. */
export async function upsertMirrored(connection: Queryable, table: string, row: Row): Promise<void> {
  await upsert(connection, table, [row], { mirroredAt: 'now()', deletedAt: 'null' })
}

/** Keeps what was last known of an object that Stripe no longer has. It may never have been here. */
export async function entomb(connection: Queryable, table: string, id: string): Promise<void> {
  await connection.query(
    `update ${table} set deleted_at = coalesce(deleted_at, now()), mirrored_at = now() where id = $1`,
    [id],
  )
}

const toParameter = (value: unknown) => (typeof value === 'string' ? storable(value) : value)

/** The column that holds a model's field. */
export const columnName = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
