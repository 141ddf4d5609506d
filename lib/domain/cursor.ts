/** A place in a list ordered by (created desc, id desc): the last row that was shown. */
export type Cursor = { createdAt: Date; id: string }

const written = /^(\d{1,15})\.([A-Za-z0-9_]{1,255})$/

export function formatCursor(row: Cursor): string {
  return `${row.createdAt.getTime()}.${row.id}`
}

/** Null for anything that `formatCursor` did not write. */
export function parseCursor(text: string | null): Cursor | null {
  const [, milliseconds, id] = written.exec(text ?? '') ?? []
  if (milliseconds === undefined || id === undefined) return null
  const createdAt = new Date(Number(milliseconds))
  return Number.isNaN(createdAt.getTime()) ? null : { createdAt, id }
}
