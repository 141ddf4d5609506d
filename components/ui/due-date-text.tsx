'use client'

import { type CalendarDate, calendarDate } from '@/lib/domain/dates'
import { CalendarDateText } from './calendar-date-text'
import { classNames } from './class-names'
import { relativeDueDate } from './time-words'
import { useTimeZone } from './time-zone'
import { useNow } from './use-now'

export type DueDateTextProps = {
  due: CalendarDate | null
  /** Past due, as the invoice's badge says: the second line is set in the urgent tone. */
  isLate: boolean
  /** Settled or not issued: how near the date is does not matter. */
  isDateOnly?: boolean
}

/** A due date with the distance to it beneath, counted in days of the billing entity's zone. */
export function DueDateText({ due, isLate, isDateOnly = false }: DueDateTextProps) {
  const zone = useTimeZone()
  const now = useNow()
  if (due === null || isDateOnly) return <CalendarDateText date={due} />
  return (
    <span className="inline-flex flex-col max-sm:flex-row max-sm:items-baseline max-sm:gap-1.5">
      <CalendarDateText date={due} />
      <span className={classNames('min-h-4 text-xs', isLate ? 'text-urgent' : 'text-ink-muted')}>
        {now !== null && relativeDueDate(due, calendarDate(now, zone))}
      </span>
    </span>
  )
}
