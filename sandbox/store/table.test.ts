import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Place, Table } from '@/sandbox/store/table'

type Item = { id: string; color: string; size: string | null }

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const color = fc.constantFrom('red', 'green')
const size = fc.constantFrom('small', null)
const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), id, color, size }),
  fc.record({ do: fc.constant('delete' as const), id }),
  fc.record({ do: fc.constant('delete and take back' as const), id }),
  fc.record({ do: fc.constant('look up' as const), id }),
)

/** A table is a list of rows in the order of their first `put`. */
function model(rows: Item[], item: Item): Item[] {
  const known = rows.some(({ id: other }) => other === item.id)
  return known ? rows.map((row) => (row.id === item.id ? item : row)) : [...rows, item]
}

test('behaves like a list in order of creation, whatever is put, deleted and taken back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const table = new Table<Item>(['color', 'size'])
      let rows: Item[] = []
      for (const { do: what, ...item } of steps) {
        if (what === 'put') {
          table.put(item as Item)
          rows = model(rows, item as Item)
        } else if (what === 'delete') {
          table.delete(item.id)
          rows = rows.filter((row) => row.id !== item.id)
        } else if (what === 'look up') table.by('color', 'red')
        else table.delete(item.id)?.undo()
      }
      expect([...table.all()]).toEqual(rows)
      expect(table.size).toBe(rows.length)
      expect([...table.downFrom()]).toEqual(rows.toReversed())
      for (const [at, row] of rows.entries()) {
        expect(table.get(row.id)).toEqual(row)
        expect([...table.downFrom(row.id)]).toEqual(rows.slice(0, at).toReversed())
        expect([...table.upFrom(row.id)]).toEqual(rows.slice(at + 1))
      }
      for (const value of ['red', 'green']) {
        expect(table.by('color', value)).toEqual(rows.filter((row) => row.color === value))
      }
    }),
  )
})

/** Few are violet, so that both ways to find rows are taken. */
const rareColor = fc.oneof(
  { weight: 30, arbitrary: color },
  { weight: 1, arbitrary: fc.constant('violet') },
  { weight: 1, arbitrary: fc.constant('white') },
)

test('answers the rows that match in order, from any place on, in both directions', () => {
  const matches = fc.record(
    { color: rareColor, size: fc.constantFrom('small', null, undefined) },
    { requiredKeys: [] },
  )
  const items = fc.array(fc.record({ color: rareColor, size }), { minLength: 30, maxLength: 80 })
  fc.assert(
    fc.property(items, matches, fc.nat(79), fc.array(fc.nat(79)), (rows, match, from, gone) => {
      const table = new Table<Item>(['color', 'size'])
      const all = rows.map((row, n) => ({ ...row, id: `row_${n}` }))
      for (const row of all) table.put(row)
      const cursor = `row_${from % rows.length}`
      const dropped = new Set(gone.map((n) => `row_${n}`).filter((id) => id !== cursor))
      for (const id of dropped) table.delete(id)
      const left = all.filter(({ id }) => !dropped.has(id))
      const at = left.findIndex(({ id }) => id === cursor)
      const fits = (row: Item) =>
        (match.color === undefined || row.color === match.color) &&
        (match.size === undefined || row.size === match.size)
      expect(table.where(match)).toEqual(left.filter(fits))
      expect([...table.downFrom(undefined, match)]).toEqual(left.filter(fits).toReversed())
      expect([...table.downFrom(cursor, match)]).toEqual(left.slice(0, at).filter(fits).toReversed())
      expect([...table.upFrom(cursor, match)]).toEqual(left.slice(at + 1).filter(fits))
    }),
  )
})

test.each([
  ['all', {}],
  ['most', { color: 'red' }],
  ['few', { color: 'violet' }],
  ['few, and without something', { color: 'violet', size: null }],
])('of %s it reads only those that are taken', (_, match) => {
  const read: number[] = []
  const shelf = {
    fetch({ offset }: Place) {
      read.push(offset)
      return { id: `row_${offset}` }
    },
    awake: () => undefined,
  }
  const table = new Table<Item>(['color', 'size'], shelf)
  for (let n = 0; n < 1000; n++) {
    const keys = [n % 50 === 0 ? 'violet' : 'red', n % 4 === 0 ? null : 'small']
    table.putAsleep(`row_${n}`, keys, { offset: n, length: 1 })
  }
  const page: string[] = []
  for (const { id: each } of table.downFrom('row_900', match)) if (page.push(each) === 3) break
  expect(read).toHaveLength(3)
  expect(page).toEqual(read.map((offset) => `row_${offset}`))
})
