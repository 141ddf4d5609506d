import { type CalendarDate, daysBetween } from '@/lib/domain/dates'

const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' })

/** A calendar date for people, the same in every zone: `Nov 24, 2026`. */
export function formatCalendarDate(date: CalendarDate): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** An instant in `zone`: `Nov 24, 2026, 14:05`, with the zone's name where `hasZone`. */
export function formatInstant(at: Date, zone: string, hasZone = false): string {
  return new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: hasZone ? 'short' : undefined,
  }).format(at)
}

/** How long ago (or ahead) `at` is, or null from seven days on, where a date says more. */
export function relativeInstant(at: Date, now: Date): string | null {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1_000)
  const distance = Math.abs(seconds)
  if (distance < 45) return 'just now'
  if (distance < 3_600) return relative.format(Math.round(seconds / 60), 'minute')
  if (distance < 86_400) return relative.format(Math.round(seconds / 3_600), 'hour')
  if (distance < 7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return null
}

/** How a due date stands to today: `in 6 days`, `today`, `3 days late`. Both are days of the billing entity's zone. */
export function relativeDueDate(due: CalendarDate, today: CalendarDate): string {
  const days = daysBetween(today, due)
  if (days >= 0) return relative.format(days, 'day')
  return days === -1 ? '1 day late' : `${-days} days late`
}
