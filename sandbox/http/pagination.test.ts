import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StripeError } from '@/sandbox/http/errors'
import { slicePage } from '@/sandbox/http/pagination'

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `il_${n}` }))

test('pages join to the whole list, forwards and backwards', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 12 }), (count, limit) => {
      const all = items(count)
      const forwards: { id: string }[] = []
      for (let more = true; more; ) {
        const page = slicePage(all, { limit, starting_after: forwards.at(-1)?.id }, '/lines')
        forwards.push(...page.data)
        more = page.has_more
      }
      expect(forwards).toEqual(all)
      const last = all.at(-1)
      if (!last) return
      let backwards = [last]
      for (let more = true; more; ) {
        const page = slicePage(all, { limit, ending_before: backwards[0]?.id }, '/lines')
        backwards = [...page.data, ...backwards]
        more = page.has_more
      }
      expect(backwards).toEqual(all)
    }),
  )
})

test('an unknown cursor, or both at once, is refused', () => {
  expect(() => slicePage(items(3), { starting_after: 'il_9' }, '/lines')).toThrow(StripeError)
  expect(() => slicePage(items(3), { ending_before: 'il_9' }, '/lines')).toThrow(StripeError)
  expect(() => slicePage(items(3), { starting_after: 'il_0', ending_before: 'il_2' }, '/lines')).toThrow(
    StripeError,
  )
})
