import { classNames } from './class-names'

function Skeleton({ width }: { width: string }) {
  return <span aria-hidden className={classNames('block h-3 animate-breathe rounded-sm bg-rule', width)} />
}

const widths = ['w-24', 'w-40', 'w-20', 'w-28', 'w-16'] as const

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** The shape of a table that is on its way, so that nothing jumps when it arrives. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div role="status" className="border-t-2 border-t-rule-strong">
      <span className="sr-only">Loading</span>
      <div className="h-8 border-b max-sm:hidden" />
      {numbers(rows).map((row) => (
        <div key={row} className="flex h-11 items-center gap-8 border-b px-1 max-sm:h-14">
          {widths.slice(0, columns).map((width, column) => (
            <span key={width} className={classNames('flex-1 last:flex-none', column > 1 && 'max-sm:hidden')}>
              <Skeleton width={width} />
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}
