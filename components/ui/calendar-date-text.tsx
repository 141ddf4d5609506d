import type { CalendarDate } from '@/lib/domain/dates'
import { formatCalendarDate } from './time-words'

/** A day without a time, such as a due date; never shifted by a zone. Null shows a dash. */
export function CalendarDateText({ date }: { date: CalendarDate | null }) {
  if (date === null) return <span>—</span>
  return (
    <time dateTime={date} className="whitespace-nowrap tabular-nums">
      {formatCalendarDate(date)}
    </time>
  )
}
