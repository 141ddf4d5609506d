import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

type BannerTone = 'info' | 'positive' | 'warning' | 'urgent'

const looks: Record<BannerTone, { icon: LucideIcon; className: string }> = {
  info: { icon: Info, className: 'border-l-info bg-info-wash' },
  positive: { icon: CircleCheck, className: 'border-l-positive bg-positive-wash' },
  warning: { icon: TriangleAlert, className: 'border-l-warning bg-warning-wash' },
  urgent: { icon: CircleAlert, className: 'border-l-urgent bg-urgent-wash' },
}

const iconColors: Record<BannerTone, string> = {
  info: 'text-info',
  positive: 'text-positive',
  warning: 'text-warning',
  urgent: 'text-urgent',
}

export type BannerProps = {
  tone: BannerTone
  title: string
  children?: ReactNode
  /** A Button or a LinkButton. */
  action?: ReactNode
}

/** Something about the whole view. Urgent ones interrupt a screen reader, the others wait their turn. */
export function Banner({ tone, title, children, action }: BannerProps) {
  const { icon: Icon, className } = looks[tone]
  return (
    <div
      role={tone === 'urgent' ? 'alert' : 'status'}
      className={classNames(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-r-md border-l-2 px-3 py-2',
        className,
      )}
    >
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', iconColors[tone])} />
      <div className="flex min-w-48 flex-1 flex-col gap-0.5">
        <p className="font-medium">{title}</p>
        {children !== undefined && <div className="text-ink-muted">{children}</div>}
      </div>
      {action}
    </div>
  )
}
