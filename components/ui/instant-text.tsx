'use client'

import { formatInstant, relativeInstant } from './time-words'
import { useTimeZone } from './time-zone'
import { useNow } from './use-now'

export type InstantTextProps = {
  /** ISO instant in UTC. */
  at: string
  /** Always the full date and time, as receipts and audit entries want it. */
  isAbsolute?: boolean
}

/** A moment: relative for a week, then the date in the billing entity's zone. Hovering shows that zone and UTC. */
export function InstantText({ at, isAbsolute = false }: InstantTextProps) {
  const zone = useTimeZone()
  const now = useNow()
  const instant = new Date(at)
  const words = isAbsolute || now === null ? null : relativeInstant(instant, now)
  const title = `${formatInstant(instant, zone, true)} · ${formatInstant(instant, 'UTC', true)}`
  return (
    <time dateTime={at} title={title} className="whitespace-nowrap tabular-nums">
      {words ?? formatInstant(instant, zone)}
    </time>
  )
}
