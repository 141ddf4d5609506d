import { type EventObject, ruleFor } from '@/lib/domain/event-targets'
import type { SyncTarget } from '@/lib/domain/sync-types'
import { storable } from './raw'
import { instant } from './read'

/** An event, read without trusting its shape: endpoints render it in versions of the API that are not ours. */
export type ParsedEvent = {
  id: string
  type: string
  createdAt: Date
  livemode: boolean
  /** Only with Connect. */
  account: string | null
  apiVersion: string | null
  /** The object to look at again; null when the event concerns nothing that is mirrored. */
  concerns: SyncTarget | null
}

/** Returns null for what is no event: other JSON, or no JSON at all. */
export function parseEvent(body: string): ParsedEvent | null {
  const event = parseJsonObject(body)
  if (event === null || event.object !== 'event') return null
  const { id, type, created, livemode } = event
  if (!isText(id, /^evt_\w{1,250}$/) || !isText(type, /^[\w.]{1,200}$/)) return null
  if (!isUnixTime(created) || typeof livemode !== 'boolean') return null
  return {
    id,
    type,
    createdAt: instant(created),
    livemode,
    account: isText(event.account, /^acct_\w{1,250}$/) ? event.account : null,
    apiVersion: isText(event.api_version, /^.{1,100}$/) ? storable(event.api_version) : null,
    concerns: whatConcerns(type, fieldsOf(event.data)),
  }
}

function whatConcerns(type: string, data: EventObject): SyncTarget | null {
  const rule = ruleFor(type)
  const id = rule?.id(fieldsOf(data.object), fieldsOf(data.previous_attributes))
  if (!rule || !isText(id, /^[^\s\p{Cc}]{1,255}$/u)) return null
  return { type: rule.dirties, id }
}

const fieldsOf = (value: unknown): EventObject => (isFields(value) ? value : {})

function parseJsonObject(body: string): EventObject | null {
  try {
    const value: unknown = JSON.parse(body)
    return isFields(value) ? value : null
  } catch {
    return null
  }
}

const isFields = (value: unknown): value is EventObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && value.isWellFormed() && pattern.test(value)

/** Up to the year 9999, as far as PostgreSQL and JavaScript agree without thinking. */
const isUnixTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 253_402_300_800
