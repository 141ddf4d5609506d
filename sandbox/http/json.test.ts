import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lasting, toJson } from '@/sandbox/http/json'

const object = fc.dictionary(fc.string(), fc.jsonValue())

test('says what JSON.stringify says, of objects and of lists, lasting or not, also the second time', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(object, fc.boolean()), { maxLength: 5 }), object, (members, other) => {
      const data = members.map(([member, lasts]) => (lasts ? lasting(member) : member))
      const list = { object: 'list', has_more: false, url: '/v1/things', data }
      for (const value of [list, list, other, lasting({ ...other }), ...data]) {
        expect(String(toJson(value))).toBe(JSON.stringify(value, null, 2))
      }
    }),
  )
})

test('a lasting value is written once', () => {
  let reads = 0
  const value = lasting({
    get id() {
      return `in_${++reads}`
    },
  })
  expect([String(toJson(value)), String(toJson(value))]).toEqual(Array(2).fill('{\n  "id": "in_1"\n}'))
})
