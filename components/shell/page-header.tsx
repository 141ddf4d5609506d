import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type PageHeaderProps = {
  title: ReactNode
  /** The way back up, outermost first; the page itself is not in it. */
  breadcrumb?: readonly { label: string; href: string }[]
  /** A badge beside the title. */
  status?: ReactNode
  /** One line beneath: whom it is for, what it amounts to. */
  summary?: ReactNode
  /** Buttons, the primary one first. */
  actions?: ReactNode
}

/** Names the page. Exactly one per page: it holds the h1. */
export function PageHeader({ title, breadcrumb = [], status, summary, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2">
      {breadcrumb.length > 0 && <Breadcrumb steps={breadcrumb} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          <div className="flex min-h-8 min-w-0 flex-wrap max-md:min-h-10 items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 wrap-anywhere font-semibold text-2xl tracking-tight">
              <bdi>{title}</bdi>
            </h1>
            {status}
          </div>
          {summary !== undefined && <div>{summary}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  )
}

function Breadcrumb({ steps }: { steps: NonNullable<PageHeaderProps['breadcrumb']> }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-x-2 text-ink-muted text-sm">
        {steps.map((step, index) => (
          <li key={step.href} className="flex items-center gap-1.5">
            {index === 0 ? <ArrowLeft aria-hidden className="size-3.5" /> : <span aria-hidden>/</span>}
            <Link
              href={step.href}
              className="inline-flex min-h-6 items-center rounded-sm hover:text-ink hover:underline"
            >
              {step.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
