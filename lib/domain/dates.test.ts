import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, calendarDate, daysBetween, pastDueBefore, startOfDay, startOfMonth } from './dates'
import { isPastDue } from './invoice'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
  'Africa/Cairo',
]
const anyZone = fc.constantFrom(...zones)
const anyInstant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-31T23:59:59Z'),
  noInvalidDate: true,
})

describe('calendarDate', () => {
  it.each([
    ['2026-11-24T23:30:00Z', 'UTC', '2026-11-24'],
    ['2026-11-24T23:30:00Z', 'Europe/Berlin', '2026-11-25'],
    ['2026-11-24T10:30:00Z', 'Pacific/Kiritimati', '2026-11-25'],
    ['2026-11-24T10:30:00Z', 'Pacific/Pago_Pago', '2026-11-23'],
    ['2028-02-29T12:00:00Z', 'UTC', '2028-02-29'],
  ])('%s in %s is %s', (instant, zone, date) => {
    expect(calendarDate(new Date(instant), zone)).toBe(date)
  })
})

describe('startOfDay', () => {
  it.each([
    ['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24', 'Europe/Berlin', '2026-11-23T23:00:00.000Z'],
    ['2027-03-28', 'Europe/Berlin', '2027-03-27T23:00:00.000Z'],
    ['2026-11-24', 'Pacific/Kiritimati', '2026-11-23T10:00:00.000Z'],
    ['2026-11-24', 'Pacific/Pago_Pago', '2026-11-24T11:00:00.000Z'],
    // Midnight did not exist: the clocks went from 00:00 to 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s begins at %s', (date, zone, instant) => {
    expect(startOfDay(date, zone).toISOString()).toBe(instant)
  })

  it('is the first instant of its day: the minute before belongs to the day before', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const date = calendarDate(instant, zone)
        const start = startOfDay(date, zone)
        expect(calendarDate(start, zone)).toBe(date)
        expect(calendarDate(new Date(start.getTime() - 60_000), zone) < date).toBe(true)
        expect(start.getTime()).toBeLessThanOrEqual(instant.getTime())
      }),
    )
  })
})

describe('addDays and daysBetween', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-28', -1, '2027-03-27'],
  ])('%s + %i = %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected)
  })

  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -3_650, max: 3_650 }), (instant, days) => {
        const date = calendarDate(instant, 'UTC')
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })
})

describe('startOfMonth', () => {
  it('follows the zone, not UTC', () => {
    const now = new Date('2026-11-30T23:30:00Z')
    expect(startOfMonth(now, 'UTC').toISOString()).toBe('2026-11-01T00:00:00.000Z')
    expect(startOfMonth(now, 'Europe/Berlin').toISOString()).toBe('2026-11-30T23:00:00.000Z')
  })
})

describe('past due', () => {
  it('begins at midnight after the due date in the zone, whatever the time of day it was due', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anyZone, (dueAt, now, zone) => {
        const isLate = calendarDate(dueAt, zone) < calendarDate(now, zone)
        expect(isPastDue({ status: 'open', dueAt }, pastDueBefore(now, zone))).toBe(isLate)
      }),
    )
  })
})
