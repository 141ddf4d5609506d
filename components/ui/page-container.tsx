import type { ReactNode } from 'react'

const widths = { full: 'max-w-6xl', reading: 'max-w-3xl' } as const

/** The column a page is set in: `full` for lists and pages of two columns, `reading` for forms. Spaces its parts. */
export function PageContainer({
  width = 'full',
  children,
}: {
  width?: keyof typeof widths
  children: ReactNode
}) {
  return (
    <div className={`mx-auto flex w-full flex-col gap-6 px-8 py-7 max-md:px-4 max-md:py-5 ${widths[width]}`}>
      {children}
    </div>
  )
}
