import type { ReactNode } from 'react'

/** A sheet of paper on the desk: for a form or for the invoice itself. Lists lie on the desk without one. */
export function Sheet({ children }: { children: ReactNode }) {
  return <div className="rounded-lg border bg-surface p-6 max-sm:p-4">{children}</div>
}
