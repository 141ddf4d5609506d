import Link from 'next/link'
import type { ReactNode } from 'react'

/** A link inside text or a cell. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="rounded-sm text-accent underline decoration-accent/35 underline-offset-3 hover:decoration-accent"
    >
      {children}
    </Link>
  )
}
