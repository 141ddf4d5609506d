import type { ReactNode } from 'react'

export type EmptyStateProps = {
  /** Says which emptiness it is: "No invoices yet", "No invoice matches “acme”". */
  title: string
  /** What to do about it. */
  children?: ReactNode
  /** One way on: create, clear the filter, whom to ask. */
  action?: ReactNode
}

/** In place of rows: nothing yet, nothing matches, or not allowed. Drawn as the ruled lines that wait to be written on. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex min-h-44 flex-col items-start justify-center gap-3 border-t-2 border-t-rule-strong border-b bg-[repeating-linear-gradient(transparent_0_2.6875rem,var(--rule)_2.6875rem_2.75rem)] px-1 py-8">
      <div className="flex max-w-prose flex-col gap-1 bg-paper py-1 pr-4">
        <p className="font-medium text-lg">{title}</p>
        {children !== undefined && <div className="text-ink-muted">{children}</div>}
      </div>
      {action}
    </div>
  )
}
