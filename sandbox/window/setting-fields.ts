/** How a setting is typed: numbers of a list by commas, and an empty number where there is none. */
type Kind = 'text' | 'number' | 'numbers' | 'switch' | readonly string[]

export type SettingField = { path: string; label: string; kind: Kind }

/** Every switch as a person sets it, in groups. Paths are those of `POST /_sandbox/settings`. */
export const settingGroups: Readonly<Record<string, readonly SettingField[]>> = {
  Invoices: [
    { path: 'account.numbering', label: 'Numbered by', kind: ['customer', 'account'] },
    { path: 'account.invoice_prefix', label: 'The account’s prefix', kind: 'text' },
    { path: 'account.next_invoice_sequence', label: 'The account’s next number', kind: 'number' },
    { path: 'account.rounding', label: 'Tax is rounded by', kind: ['line', 'invoice'] },
    { path: 'account.grace_hours', label: 'Hours until a draft finalizes', kind: 'number' },
  ],
  Collection: [
    { path: 'account.retries.days', label: 'Days between attempts', kind: 'numbers' },
    { path: 'account.after_last_retry', label: 'After the last attempt', kind: ['leave', 'uncollectible'] },
    { path: 'account.reminder_days', label: 'Reminders, days after due', kind: 'numbers' },
    {
      path: 'account.automations.will_be_due_days',
      label: 'invoice.will_be_due, days before',
      kind: 'number',
    },
    { path: 'account.automations.overdue_days', label: 'invoice.overdue, days after', kind: 'number' },
  ],
  Mails: [
    { path: 'account.mails.finalized_invoices', label: 'Invoices', kind: 'switch' },
    { path: 'account.mails.payment_confirmations', label: 'Payment confirmations', kind: 'switch' },
    { path: 'account.mails.receipts', label: 'Receipts', kind: 'switch' },
    { path: 'account.mails.failed_payments', label: 'Failed payments', kind: 'switch' },
    { path: 'account.mails.refunds', label: 'Refunds', kind: 'switch' },
    { path: 'account.mails.credit_notes', label: 'Credit notes', kind: 'switch' },
  ],
  Sandbox: [
    { path: 'sandbox.idempotency_hours', label: 'Hours a key is remembered', kind: 'number' },
    { path: 'sandbox.search_lag_seconds', label: 'Seconds search lags behind', kind: 'number' },
    { path: 'sandbox.webhook_retry_seconds', label: 'Seconds between deliveries', kind: 'numbers' },
    { path: 'sandbox.rate_limits', label: 'Answer 429 above Stripe’s rates', kind: 'switch' },
    { path: 'sandbox.lock_timeout', label: 'Answer 429 while an object is in use', kind: 'switch' },
  ],
}

type Tree = { [key: string]: unknown }

/** The value at a path, as the text of a form. A switch that is off has none. */
export function textAt(settings: Tree, path: string): string {
  const value = path.split('.').reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], settings)
  if (Array.isArray(value)) return value.join(', ')
  return value === null || value === undefined || value === false ? '' : String(value)
}

/** The posted form as `POST /_sandbox/settings` takes it; what is no number is left for it to refuse. */
export function settingsFrom(posted: URLSearchParams): Tree {
  const settings: Tree = {}
  for (const { path, kind } of Object.values(settingGroups).flat()) {
    const keys = path.split('.')
    const [last = ''] = keys.splice(-1)
    const node = keys.reduce<Tree>((parent, key) => {
      parent[key] ??= {}
      return parent[key] as Tree
    }, settings)
    node[last] = settingFrom(kind, posted.get(path) ?? '')
  }
  return settings
}

function settingFrom(kind: Kind, text: string): unknown {
  if (kind === 'switch') return text !== ''
  if (kind === 'number') return numberOf(text)
  if (kind === 'numbers') return text.trim() === '' ? [] : text.split(',').map(numberOf)
  return text
}

function numberOf(text: string): number | string | null {
  if (text.trim() === '') return null
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}
