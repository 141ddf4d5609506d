import type { Metadata } from 'next'
import type { ReactNode } from 'react'

export const metadata: Metadata = {
  title: { absolute: 'Your invoice' },
  description: null,
  robots: { index: false, follow: false, nocache: true },
  referrer: 'no-referrer',
}

/** A sheet on a desk and nothing around it: whoever follows the link has no account here. */
export default function CustomerLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-6 px-6 py-10 max-sm:px-4 max-sm:py-6">
      {children}
    </main>
  )
}
