import Link from 'next/link'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

export type FigureProps = {
  label: string
  /** A Money in the `figure` look, or a number. */
  value: ReactNode
  /** What stands behind it: "12 invoices". */
  note?: ReactNode
  /** Where the rows behind it are. */
  href?: string
  /** `urgent` sets the value in red ink: money that is late. */
  tone?: 'plain' | 'urgent'
}

/** One large figure with its name. Stand several in a grid; each carries its own top line. */
export function Figure({ label, value, note, href, tone = 'plain' }: FigureProps) {
  return (
    <div className="relative flex min-w-0 flex-col gap-1 border-t-2 border-t-rule-strong pt-2 pb-3 has-[a:hover]:bg-hover">
      <p className="text-ink-muted text-sm">
        {href === undefined ? (
          label
        ) : (
          <Link href={href} className="after:absolute after:inset-0">
            {label}
          </Link>
        )}
      </p>
      <p
        className={classNames(
          'min-w-0 font-medium text-2xl tabular-nums tracking-tight max-md:text-xl',
          tone === 'urgent' && 'text-urgent',
        )}
      >
        {value}
      </p>
      {note !== undefined && <p className="text-ink-muted text-sm">{note}</p>}
    </div>
  )
}
