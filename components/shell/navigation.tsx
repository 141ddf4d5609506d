'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '@/components/ui/class-names'
import { isInSection } from './section-path'
import { type Section, sections } from './sections'

/** The desk's sections: a rail at the side, a bar at the bottom edge below 768 px. */
export function Navigation() {
  const path = usePathname()
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-px max-md:grid max-md:grid-cols-6 max-md:gap-0">
        {sections.map((section) => (
          <li key={section.href}>
            <SectionLink section={section} isCurrent={isInSection(path, section.href)} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function SectionLink({ section, isCurrent }: { section: Section; isCurrent: boolean }) {
  const { label, href, icon: Icon } = section
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={classNames(
        'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-ink-muted transition-colors hover:bg-hover hover:text-ink',
        'aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-[inset_2px_0_0_var(--accent)]',
        'max-md:h-14 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:rounded-none max-md:px-0 max-md:text-xs',
        'max-md:aria-[current]:shadow-[inset_0_2px_0_var(--accent)]',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 max-md:size-5" strokeWidth={1.75} />
      {label}
    </Link>
  )
}
