import Link from 'next/link'
import { classNames } from './class-names'

export type LinkTab = {
  label: string
  href: string
  isCurrent: boolean
  /** Undefined while it is being counted; left out where nothing is counted. */
  count?: number | undefined
  /** Draws the count in the urgent tone while it is above zero. */
  isUrgent?: boolean
}

/** The same list by status. They are links: the URL is the state, and the back button works. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  return (
    <nav aria-label={label} className="-mx-1 overflow-x-auto px-1 [scrollbar-width:none]">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              scroll={false}
              aria-current={tab.isCurrent ? 'page' : undefined}
              className="flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-ink-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 aria-[current]:bg-ink aria-[current]:font-medium aria-[current]:text-paper max-md:h-10"
            >
              {tab.label}
              {'count' in tab && <TabCount tab={tab} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function TabCount({ tab }: { tab: LinkTab }) {
  const isAlarming = tab.isUrgent && !tab.isCurrent && (tab.count ?? 0) > 0
  return (
    <span
      className={classNames(
        'min-w-4 text-right text-xs tabular-nums',
        isAlarming ? 'font-semibold text-urgent' : 'font-normal',
      )}
    >
      {tab.count?.toLocaleString('en-US')}
    </span>
  )
}
