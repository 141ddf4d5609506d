import { LinkButton } from './link-button'

export type PagerProps = {
  /** Back to the newest rows; null on the first page. */
  firstHref: string | null
  /** Null on the last page. */
  nextHref: string | null
  /** What is shown: "50 invoices". */
  summary: string
}

/** Steps through a list by keyset: first and next. The way back is the browser's own back button. */
export function Pager({ firstHref, nextHref, summary }: PagerProps) {
  return (
    <nav aria-label="Pages" className="flex min-h-8 items-center justify-between gap-4">
      <p className="text-ink-muted text-sm tabular-nums">{summary}</p>
      <div className="flex gap-2">
        {firstHref !== null && <LinkButton href={firstHref}>First page</LinkButton>}
        {nextHref !== null && <LinkButton href={nextHref}>Next page</LinkButton>}
      </div>
    </nav>
  )
}
