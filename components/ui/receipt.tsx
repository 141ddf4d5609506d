import type { ReactNode } from 'react'
import { Copyable } from './copyable'
import { InstantText } from './instant-text'

export type ReceiptFacts = {
  /** What was done, in the past tense: "INV-0042 is void". */
  title: string
  /** ISO instant of Stripe's answer. */
  at: string
  /** Stripe's `req_…`, for the log and for Stripe's support. */
  requestId: string | null
  rows?: readonly { label: string; value: ReactNode }[]
}

/** The slip that a money action leaves: what Stripe said, when, and under which request id. */
export function Receipt({ title, at, requestId, rows = [] }: ReceiptFacts) {
  return (
    <section aria-label="Receipt" className="rule-total flex flex-col gap-2 py-3">
      <p className="font-semibold text-positive">{title}</p>
      <dl className="flex flex-col gap-1 text-sm">
        {rows.map((row) => (
          <ReceiptRow key={row.label} label={row.label} value={row.value} />
        ))}
        <ReceiptRow label="Stripe answered" value={<InstantText at={at} isAbsolute />} />
        {requestId !== null && (
          <ReceiptRow label="Request" value={<Copyable text={requestId} label="Stripe request id" />} />
        )}
      </dl>
    </section>
  )
}

function ReceiptRow({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="flex min-h-6 items-baseline gap-2">
      <dt className="text-ink-muted">{label}</dt>
      <span aria-hidden className="min-w-4 flex-1 border-b border-dotted border-b-ink-faint" />
      <dd className="tabular-nums">{value}</dd>
    </div>
  )
}
