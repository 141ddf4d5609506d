import { type ReactNode, useId } from 'react'

export type PanelProps = {
  title: string
  /** A link or a small button at the end of the title's line. */
  action?: ReactNode
  children: ReactNode
}

/** A part of a page under its own heading (h2). Hairlines and space divide, not boxes. */
export function Panel({ title, action, children }: PanelProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-7 items-center justify-between gap-4">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}
