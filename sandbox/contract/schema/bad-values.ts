import { type Place, pairsOf } from '@/sandbox/contract/schema/places'
import type { Schema } from '@/sandbox/contract/schema/schema'

type Values = Partial<Record<Schema['is'], string[]>>

/** Text of the wrong sort for each kind of parameter, percent-encoded. */
const wrong: Values = {
  number: ['abc', '1e3', 'NaN', '0x10', '%20', '--1', '1,5'],
  decimal: ['abc', '1e3', 'NaN', '1,5', '.', '%EF%BC%95'],
  boolean: ['maybe', 'TRUE!', '2'],
  literal: ['nonsense', '__proto__', 'constructor'],
  object: ['x', '1'],
  array: ['x', '1'],
  map: ['x', '1'],
}

/** Beyond every limit that Stripe sets to a parameter of the kind. */
const excessive: Values = {
  text: ['x'.repeat(50_000)],
  number: ['9'.repeat(30), `-${'9'.repeat(30)}`],
  decimal: ['0.1234567890123', '9'.repeat(40)],
}

export type Bad = { what: 'wrong type' | 'over its limit' | 'twice'; pairs: string[] }

/** Every way to get one parameter wrong. */
export function badValuesOf(place: Place): Bad[] {
  const { at, schema } = place
  const choices = schema.is === 'union' ? schema.of : [schema]
  const kinds = choices.map(({ is }) => is).filter((kind) => kind !== 'null')
  const isHash = kinds.includes('object') || kinds.includes('map')
  const isList = kinds.includes('array')
  const types = [
    ...common(wrong, kinds).map((value) => `${at}=${value}`),
    ...(isHash ? [] : [`${at}[planet]=mars`]),
    ...(isHash || isList ? [] : [`${at}[]=1`]),
  ]
  return [
    ...types.map((pair): Bad => ({ what: 'wrong type', pairs: [pair] })),
    ...common(excessive, kinds).map((value): Bad => ({ what: 'over its limit', pairs: [`${at}=${value}`] })),
    ...(isHash || isList
      ? []
      : [{ what: 'twice', pairs: [...pairsOf(place), ...pairsOf(place)] } satisfies Bad]),
  ]
}

/** What fits none of the kinds that a parameter may be of. */
function common(table: Values, kinds: Schema['is'][]): string[] {
  const [first = [], ...rest] = kinds.map((kind) => table[kind] ?? [])
  return first.filter((value) => rest.every((values) => values.includes(value)))
}
