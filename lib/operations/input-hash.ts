import 'server-only'
import { createHash } from 'node:crypto'

/** SHA-256, hex, of a JSON-safe value; the order of keys and keys without a value make no difference. */
export function inputHash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex')
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  // A null prototype keeps a key named __proto__ a key.
  const result: Record<string, unknown> = Object.create(null)
  for (const [key, inner] of entries) result[key] = ordered(inner)
  return result
}
