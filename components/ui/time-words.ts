import { type CalendarDate, daysBetween } from '@/lib/domain/dates'

const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' })

/** From the smallest unit up; the next one takes over before a count reaches `below` ("1 hour", never "60 minutes"). */
const steps = [
  { unit: 'minute', length: 60, below: 60 },
  { unit: 'hour', length: 3_600, below: 24 },
  { unit: 'day', length: 86_400, below: 7 },
] as const

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
  for (const { unit, length, below } of steps) {
    const count = Math.round(seconds / length)
    if (Math.abs(count) < below) return relative.format(count, unit)
  }
  return null
}

/** How a due date stands to today: `in 6 days`, `today`, `3 days late`. Both are days of the billing entity's zone. */
export function relativeDueDate(due: CalendarDate, today: CalendarDate): string {
  const days = daysBetween(today, due)
  if (days >= 0) return relative.format(days, 'day')
  return days === -1 ? '1 day late' : `${-days} days late`
}

/** The month of a calendar date: `November`. */
export function monthName(date: CalendarDate): string {
  return new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}
