import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Table } from '@/sandbox/store/table'

type Item = { id: string; color: string }

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const color = fc.constantFrom('red', 'green')
const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), id, color }),
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
      const table = new Table<Item>(['color'])
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
