import { z } from 'zod'
import { Refusal } from '@/sandbox/controls/control'
import { base62 } from '@/sandbox/ids'
import type { Store } from '@/sandbox/store/store'

const days = z.int().min(1).max(60)

/** What the account's owner sets in the Dashboard, for which Stripe's API has no endpoint. */
const accountShape = z.strictObject({
  /** `PREFIX-0001` with a prefix and a sequence per customer, or one sequence for the account. */
  numbering: z.enum(['customer', 'account']).default('customer'),
  /** Prefix and next number of the account's own sequence. */
  invoice_prefix: z
    .string()
    .regex(/^[A-Z0-9]{1,12}$/)
    .default('INV'),
  next_invoice_sequence: z.int().min(1).max(1_000_000_000).default(1),
  /** Tax is rounded per line, or once per invoice. */
  rounding: z.enum(['line', 'invoice']).default('line'),
  /** From a draft's creation to its automatic finalization. */
  grace_hours: z.int().min(1).max(72).default(1),
  /** Days from each failed automatic attempt to the next one; as many retries as there are entries. */
  retries: z.strictObject({ days: z.array(days).max(8) }).default({ days: [2, 2, 2, 2, 2, 2, 2] }),
  /** What becomes of an invoice whose last retry failed. */
  after_last_retry: z.enum(['leave', 'uncollectible']).default('leave'),
  /** When unpaid invoices that were sent are reminded of, in days after (negative: before) their due date. */
  reminder_days: z.array(z.int().min(-10).max(60)).max(3).default([]),
  /** Automations that emit events; null has none. */
  automations: z
    .strictObject({
      /** `invoice.will_be_due`, so many days before the due date. */
      will_be_due_days: days.nullable().default(null),
      /** `invoice.overdue`, so many days after it. */
      overdue_days: days.nullable().default(null),
    })
    .prefault({}),
  /** Which mails go out. */
  mails: z
    .strictObject({
      finalized_invoices: z.boolean().default(true),
      failed_payments: z.boolean().default(true),
      payment_confirmations: z.boolean().default(true),
      receipts: z.boolean().default(true),
      refunds: z.boolean().default(true),
      credit_notes: z.boolean().default(true),
    })
    .prefault({}),
})

/** Behaviour of Stripe's that is in the way more often than it helps, to be switched on. */
const sandboxShape = z.strictObject({
  /** How long an idempotency key is remembered. */
  idempotency_hours: z.int().min(1).max(8760).default(24),
  /** How long search does not see what has changed. */
  search_lag_seconds: z.int().min(0).max(3600).default(0),
  /** Answer 429 above Stripe's rates. */
  rate_limits: z.boolean().default(false),
  /** Answer 429 `lock_timeout` when two requests write to one object at the same time. */
  lock_timeout: z.boolean().default(false),
  /**
   * Waits before a delivery's second, third … try, on the sandbox's clock. Three over a few hours, as in Stripe's
   * sandboxes; the first comes soon, for those who sit before a demo and have just started their receiver.
   */
  webhook_retry_seconds: z.array(z.int().min(1).max(259_200)).max(20).default([10, 600, 7200]),
})

const switchesShape = z.strictObject({
  account: accountShape.prefault({}),
  sandbox: sandboxShape.prefault({}),
})

export type Switches = z.infer<typeof switchesShape>

/** What one sandbox is, kept in a single row. */
export type SettingsRecord = Switches & {
  id: 'sandbox'
  /** All ids and tokens follow from it. */
  seed: string
  accountId: string
  created: number
  /** Counts ids and tokens, so that none repeats. */
  nextId: number
  /** Seconds that the sandbox's clock is ahead of real time. */
  clockOffset: number
}

/** The switches of a new sandbox. */
export const defaultSwitches: Switches = switchesShape.parse({})

/** Those of a new sandbox. @param seed the same ids, tokens and account on every run */
export function newSettings(seed: string): SettingsRecord {
  return {
    id: 'sandbox',
    seed,
    accountId: `acct_1${base62(`${seed}:account`, 15)}`,
    created: Math.floor(Date.now() / 1000),
    nextId: 1,
    clockOffset: 0,
    ...defaultSwitches,
  }
}

export function settingsOf(store: Store): SettingsRecord {
  const settings = store.get('settings', 'sandbox')
  if (!settings) throw new Error('The store has no settings yet')
  return settings
}

export function switchesOf(store: Store): Switches {
  const { account, sandbox } = settingsOf(store)
  return { account, sandbox }
}

/**
 * Changes some switches, inside a transaction; hashes are merged and everything else is replaced.
 * @param change as it was posted
 * @throws ZodError for what is unknown or out of bounds; Refusal for numbers that have been used
 */
export function changeSwitches(store: Store, change: unknown): Switches {
  const before = switchesOf(store)
  const switches = switchesShape.parse(merged(before, change))
  checkSequence(before.account, switches.account)
  store.put('settings', { ...settingsOf(store), ...switches })
  return switches
}

function checkSequence(before: Switches['account'], after: Switches['account']): void {
  const { invoice_prefix: prefix, next_invoice_sequence: next } = after
  if (prefix === before.invoice_prefix && next < before.next_invoice_sequence) {
    throw new Refusal(
      `next_invoice_sequence must be at least ${before.next_invoice_sequence}: smaller ones have been used.`,
    )
  }
}

function merged(current: unknown, change: unknown): unknown {
  if (!isHash(current) || !isHash(change)) return change
  const entries = Object.entries(change).map(([key, value]) => [key, merged(current[key], value)])
  return { ...current, ...Object.fromEntries(entries) }
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
