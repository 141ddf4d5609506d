import type { ReactNode } from 'react'
import { Wordmark } from './wordmark'

/** A whole page that says one thing: outside the desk's frame, before or instead of it. */
export function MessagePage({
  title,
  action,
  children,
}: {
  title: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <Wordmark />
      <div className="flex flex-col items-start gap-4 border-t-2 border-t-rule-strong pt-5">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <div className="w-full text-ink-muted">{children}</div>
        {action}
      </div>
    </main>
  )
}
