import type { ReactNode } from 'react'

/** Instead of an invoice: one thing to know, and what to do. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="my-auto flex flex-col gap-2 border-t-2 border-t-rule-strong py-6">
      <h1 className="text-balance font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="max-w-prose text-ink-muted text-lg">{children}</p>
    </section>
  )
}
