import type { ReactNode } from 'react'

export type EmptyStateProps = {
  /** Says which emptiness it is: "No invoices yet", "No invoice matches “acme”". */
  title: string
  /** What to do about it. */
  children?: ReactNode
  /** One way on: create, clear the filter, whom to ask. */
  action?: ReactNode
}

/** In place of rows: nothing yet, nothing matches, or not allowed. Beneath it the ruled lines wait to be written on. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col border-t-2 border-t-rule-strong">
      <div className="flex flex-col items-start gap-3 px-1 py-6">
        <div className="flex max-w-prose flex-col gap-1">
          <p className="font-medium text-lg">{title}</p>
          {children !== undefined && <div className="text-ink-muted">{children}</div>}
        </div>
        {action}
      </div>
      <div
        aria-hidden
        className="h-33 bg-[repeating-linear-gradient(var(--rule)_0_1px,transparent_1px_2.75rem)] [mask-image:linear-gradient(black,transparent)]"
      />
    </div>
  )
}
