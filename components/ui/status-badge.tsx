import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names'

/**
 * What a badge asks of its reader: nothing (neutral), know this (info), good, a bad end with nothing left to do
 * (negative), better act (warning), act (urgent).
 */
export type Tone = 'neutral' | 'info' | 'positive' | 'negative' | 'warning' | 'urgent'

const tones: Record<Tone, string> = {
  neutral: 'bg-neutral-wash text-neutral',
  info: 'bg-info-wash text-info',
  positive: 'bg-positive-wash text-positive',
  negative: 'bg-negative-wash text-negative',
  warning: 'bg-warning-wash text-warning',
  urgent: 'bg-urgent-wash text-urgent',
}

export type StatusBadgeProps = {
  tone: Tone
  icon: LucideIcon
  label: string
  /** What the label means, for whoever points at it. */
  explanation?: string
}

/** A state in icon, words and tone, never in color alone. Reads only: it is no button. */
export function StatusBadge({ tone, icon: Icon, label, explanation }: StatusBadgeProps) {
  return (
    <span
      title={explanation}
      className={classNames(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs',
        tones[tone],
      )}
    >
      <Icon aria-hidden className="size-3" strokeWidth={2.25} />
      {label}
    </span>
  )
}
