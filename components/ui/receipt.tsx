import type { ReactNode } from 'react'
import { Copyable } from './copyable'
import { InstantText } from './instant-text'

export type ReceiptFacts = {
  /** What was done, in the past tense and with its object: "INV-0042 is void". The dialog's title. */
  title: string
  /** ISO instant of Stripe's answer. */
  at: string
  /** Stripe's `req_…`, for the log and for Stripe's support. */
  requestId: string | null
  rows?: readonly { label: string; value: ReactNode }[]
}

/** The slip that a money action leaves: what Stripe said, when, and under which request id. */
export function Receipt({ at, requestId, rows = [] }: Omit<ReceiptFacts, 'title'>) {
  return (
    <dl className="rule-total flex flex-col gap-1 py-3 text-sm">
      {rows.map((row) => (
        <ReceiptRow key={row.label} label={row.label} value={row.value} />
      ))}
      <ReceiptRow label="Stripe answered" value={<InstantText at={at} isAbsolute />} />
      {requestId !== null && (
        <ReceiptRow label="Request" value={<Copyable text={requestId} label="Stripe request id" />} />
      )}
    </dl>
  )
}

function ReceiptRow({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="flex min-h-6 items-baseline gap-2">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-baseline gap-2 tabular-nums before:min-w-4 before:flex-1 before:border-b before:border-dotted before:border-b-ink-faint">
        {value}
      </dd>
    </div>
  )
}
