import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/domain/dates'
import { formatCalendarDate, formatInstant, relativeDueDate, relativeInstant } from './time-words'

const now = new Date('2026-11-24T12:00:00Z')
const ago = (seconds: number) => relativeInstant(new Date(now.getTime() - seconds * 1_000), now)

describe('relativeInstant', () => {
  it.each([
    [0, 'just now'],
    [44, 'just now'],
    [45, '1 minute ago'],
    [3_569, '59 minutes ago'],
    [3_571, '1 hour ago'],
    [84_601, 'yesterday'],
    [-7_200, 'in 2 hours'],
    [6 * 86_400, '6 days ago'],
    [7 * 86_400, null],
  ])('%i seconds ago reads %s', (seconds, words) => {
    expect(ago(seconds)).toBe(words)
  })

  it('never counts to the next unit, and gives up beyond a week only', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (seconds) => {
        const words = ago(seconds)
        expect(words ?? '').not.toMatch(/\b(60 minute|24 hour|7 day|0 minute)/)
        if (Math.abs(seconds) < 6 * 86_400) expect(words).not.toBeNull()
        if (Math.abs(seconds) >= 7 * 86_400) expect(words).toBeNull()
      }),
    )
  })
})

describe('relativeDueDate', () => {
  it.each([
    ['2026-11-24', 'today'],
    ['2026-11-25', 'tomorrow'],
    ['2026-11-30', 'in 6 days'],
    ['2026-11-23', '1 day late'],
    ['2026-10-25', '30 days late'],
  ])('due %s reads %s', (due, words) => {
    expect(relativeDueDate(due, '2026-11-24')).toBe(words)
  })

  it('is late exactly when the due date lies before today', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (days) => {
        const words = relativeDueDate(addDays('2026-11-24', days), '2026-11-24')
        expect(words.endsWith('late')).toBe(days < 0)
      }),
    )
  })
})

describe('absolute times', () => {
  it('writes a calendar date as it is, whatever the zone of the machine', () => {
    expect(formatCalendarDate('2026-11-01')).toBe('Nov 1, 2026')
  })

  it('writes an instant in the zone asked for', () => {
    const midnight = new Date('2026-11-24T23:30:00Z')
    expect(formatInstant(midnight, 'UTC')).toBe('Nov 24, 2026, 23:30')
    expect(formatInstant(midnight, 'Europe/Berlin')).toBe('Nov 25, 2026, 00:30')
    expect(formatInstant(midnight, 'UTC', true)).toBe('Nov 24, 2026, 23:30 UTC')
  })
})
