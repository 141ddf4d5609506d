import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { InstantText } from './instant-text'
import type { Tone } from './status-badge'

export type TimelineItem = {
  id: string
  /** ISO instant. */
  at: string
  title: ReactNode
  /** Who or what did it. */
  by: string
  tone?: Tone
  /** A note, Stripe's sentence, a request id. */
  detail?: ReactNode
}

const dots: Record<Tone, string> = {
  neutral: 'bg-ink-faint',
  info: 'bg-info',
  positive: 'bg-positive',
  negative: 'bg-negative',
  warning: 'bg-warning',
  urgent: 'bg-urgent',
}

/** What happened, in the order it is given (newest first). */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="flex flex-col text-sm">
      {items.map((item) => (
        <li key={item.id} className="group relative flex gap-3 pb-4 last:pb-0">
          <span aria-hidden className="absolute top-3 bottom-0 left-[3.5px] w-px bg-rule group-last:hidden" />
          <span
            aria-hidden
            className={classNames(
              'relative mt-1.5 size-2 shrink-0 rounded-full',
              dots[item.tone ?? 'neutral'],
            )}
          />
          <div className="flex min-w-0 flex-1 flex-col gap-0.5">
            <p className="font-medium">{item.title}</p>
            <p className="text-ink-muted">
              {item.by} · <InstantText at={item.at} />
            </p>
            {item.detail !== undefined && (
              <div className="min-w-0 wrap-anywhere text-ink-muted">{item.detail}</div>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
