import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type ActivityFilters,
  actedOn,
  formatActivityFilters,
  parseActivityFilters,
} from './activity-filters'

const none: ActivityFilters = { search: '', by: null, on: null, outcome: null, after: null }

it('what is formatted reads back', () => {
  const filters = fc.record({
    search: fc.string({ maxLength: 50 }).map((text) => text.replaceAll('\u0000', '').trim()),
    by: fc.option(fc.uuid()),
    on: fc.option(fc.constantFrom(...actedOn)),
    outcome: fc.option(fc.constant('failed' as const)),
    after: fc.option(fc.nat().map(String)),
  })
  fc.assert(
    fc.property(filters, (wanted) => {
      const query = new URLSearchParams(formatActivityFilters(wanted))
      expect(parseActivityFilters(Object.fromEntries(query))).toEqual(wanted)
    }),
  )
})

it.each([
  [{ by: 'me' }],
  [{ on: 'invoices' }],
  [{ outcome: 'done' }],
  [{ after: '-1' }],
  [{ after: '1e3' }],
  [{ by: ['x', 'y'] }],
])('%o is no filter', (parameters) => {
  expect(parseActivityFilters(parameters)).toEqual(none)
})
