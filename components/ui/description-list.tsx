import type { ReactNode } from 'react'

export type DescriptionListProps = {
  /** `id` tells apart those that share a term. */
  items: readonly { id?: string; term: string; detail: ReactNode }[]
  /** `side`: term beside detail. `stack`: term above it, for narrow columns of long values. */
  layout?: 'side' | 'stack'
}

/** Facts with their names. */
export function DescriptionList({ items, layout = 'side' }: DescriptionListProps) {
  return (
    <dl className="flex flex-col border-t text-sm">
      {items.map((item) => (
        <div
          key={item.id ?? item.term}
          className={
            layout === 'side'
              ? 'grid min-h-9 grid-cols-[minmax(7rem,2fr)_3fr] items-baseline gap-x-3 border-b py-1.5'
              : 'flex flex-col border-b py-1.5'
          }
        >
          <dt className="text-ink-muted">{item.term}</dt>
          <dd className="min-w-0 wrap-anywhere">{item.detail}</dd>
        </div>
      ))}
    </dl>
  )
}
