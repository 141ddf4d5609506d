import type { QueryKey } from '@tanstack/react-query'

/**
 * Whether a change of `topics` touches what `key` holds. A topic is a noun (`invoices`, the key's first part) or an
 * object's id (`in_123`, any part of it).
 */
export function isTouched(key: QueryKey, topics: ReadonlySet<string>): boolean {
  return key.some((part) => typeof part === 'string' && topics.has(part))
}

/** Reads a message of `/api/live`: `{"topics": ["invoices", "in_123"]}`. Null for anything else. */
export function parseTopics(message: string): ReadonlySet<string> | null {
  const parsed = parseObject(message)
  if (parsed === null || !('topics' in parsed) || !Array.isArray(parsed.topics)) return null
  return new Set(parsed.topics.filter((topic) => typeof topic === 'string'))
}

export type StripeHealth = { stripe: 'ok' | 'unreachable'; since: string | null }

/** Reads a `server-health` event: `{"stripe": "unreachable", "since": "2026-11-24T09:00:00Z"}`. Null for anything else. */
export function parseStripeHealth(message: string): StripeHealth | null {
  const parsed = parseObject(message)
  if (parsed === null || !('stripe' in parsed)) return null
  if (parsed.stripe !== 'ok' && parsed.stripe !== 'unreachable') return null
  const since = 'since' in parsed && typeof parsed.since === 'string' ? parsed.since : null
  return { stripe: parsed.stripe, since }
}

function parseObject(message: string): object | null {
  try {
    const parsed: unknown = JSON.parse(message)
    return typeof parsed === 'object' ? parsed : null
  } catch {
    return null
  }
}
