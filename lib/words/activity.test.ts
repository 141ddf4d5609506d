import { expect, it } from 'vitest'
import { permissions } from '@/lib/domain/access'
import { activityTitle } from './activity'

it.each(permissions.filter((name) => !name.endsWith('.read')))(
  '%s has words for done and for tried',
  (what) => {
    expect(activityTitle({ what, outcome: 'done' })).toMatch(/^[A-Z][a-z]+ /)
    expect(activityTitle({ what, outcome: 'failed' })).toMatch(/^Tried to [a-z]/)
  },
)

it.each(['nonsense.act', '__proto__'])('%s is shown as it is', (what) => {
  expect(activityTitle({ what, outcome: 'done' })).toBe(what)
})
