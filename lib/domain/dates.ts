/** A calendar date `YYYY-MM-DD`, without a time or a zone. */
export type CalendarDate = string

/** The calendar date on which `instant` falls in the IANA `zone`. */
export function calendarDate(instant: Date, zone: string): CalendarDate {
  return formatFor(zone).format(instant)
}

// Making a format costs a hundred times what using it does, and a list uses it for every row.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  // The Swedish locale writes dates the ISO way.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(zone, format)
  return format
}

/** Shifts a calendar date by whole days. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The instant at which `date` begins in `zone`; where midnight is skipped (daylight saving), the first instant that exists. */
export function startOfDay(date: CalendarDate, zone: string): Date {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`)
  // Zones lie between UTC-12 and UTC+14; the first instant of the date is found by bisection on whole minutes.
  let low = midnightUtc - 15 * 3_600_000
  let high = midnightUtc + 13 * 3_600_000
  while (high - low > 60_000) {
    const middle = low + Math.floor((high - low) / 120_000) * 60_000
    if (calendarDate(new Date(middle), zone) < date) low = middle
    else high = middle
  }
  return new Date(high)
}

/** Past due begins on the day after the due date, in the billing entity's zone. An invoice due before this instant is past due. */
export function pastDueBefore(now: Date, zone: string): Date {
  return startOfDay(calendarDate(now, zone), zone)
}

/** The instant at which the month of `now` began in `zone`. */
export function startOfMonth(now: Date, zone: string): Date {
  return startOfDay(`${calendarDate(now, zone).slice(0, 8)}01`, zone)
}
