import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCursor, parseCursor } from './cursor'

describe('cursor', () => {
  it('reads back what it wrote', () => {
    const row = fc.record({
      createdAt: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
      id: fc.stringMatching(/^cus_[A-Za-z0-9]{14}$/),
    })
    fc.assert(
      fc.property(row, (cursor) => {
        expect(parseCursor(formatCursor(cursor))).toEqual(cursor)
      }),
    )
  })

  it.each([
    null,
    '',
    'cus_1',
    '1.',
    '.cus_1',
    '-1.cus_1',
    '1e9.cus_1',
    '1.cus_1; drop',
    '9999999999999999.cus_1',
  ])('takes %j for no cursor', (text) => {
    expect(parseCursor(text)).toBeNull()
  })
})
