import { sampleOf } from '@/sandbox/contract/schema/samples'
import type { ObjectSchema, Schema } from '@/sandbox/contract/schema/schema'

/** A parameter by its name in bracket form. */
export type Place = { at: string; schema: Schema; optional: boolean }

/** The parameters in a hash. @param at the hash's own name, empty for a request's */
export function placesIn(hash: ObjectSchema, at: string): Place[] {
  return [...hash.fields()].map(([key, field]) => ({ at: at === '' ? key : `${at}[${key}]`, ...field }))
}

/** The hash that a parameter is, or is a list of, with the name it has there. */
export function hashIn({
  at,
  schema,
}: Pick<Place, 'at' | 'schema'>): { hash: ObjectSchema; at: string } | undefined {
  if (schema.is === 'object') return { hash: schema, at }
  if (schema.is === 'array') return hashIn({ at: `${at}[0]`, schema: schema.of })
  if (schema.is !== 'union') return undefined
  return schema.of.map((choice) => hashIn({ at, schema: choice })).find((found) => found !== undefined)
}

/** The parameter of a name in bracket form, or undefined when there is none. */
export function placeAt(hash: ObjectSchema, name: string): Place | undefined {
  const [head = '', ...rest] = name
    .replaceAll(/\[\d*\]/g, '')
    .split(/\[|\]\[|\]/)
    .filter((key) => key !== '')
  let place = placesIn(hash, '').find(({ at }) => at === head)
  for (const key of rest) {
    const inner = place && hashIn(place)
    place = inner && placesIn(inner.hash, inner.at).find(({ at }) => at.endsWith(`[${key}]`))
  }
  return place
}

/** A well-formed value of this type as pairs of a form, with what its hashes require. */
export function pairsOf({ at, schema }: Pick<Place, 'at' | 'schema'>): string[] {
  switch (schema.is) {
    case 'object': {
      const all = placesIn(schema, at)
      const required = all.filter(({ optional }) => !optional)
      return (required.length > 0 ? required : all.slice(0, 1)).flatMap(pairsOf)
    }
    case 'array':
      return pairsOf({ at: `${at}[0]`, schema: schema.of })
    case 'map':
      return pairsOf({ at: `${at}[key]`, schema: schema.of })
    case 'union': {
      const choices = schema.of.filter(({ is }) => is !== 'null')
      const chosen = choices.find(isUsual) ?? choices[0]
      return chosen ? pairsOf({ at, schema: chosen }) : []
    }
    case 'partial':
      return []
    default:
      return [`${at}=${sampleOf(at, schema)}`]
  }
}

/** Of payment methods the card, of accounts one's own. */
function isUsual(choice: Schema): boolean {
  return choice.is === 'literal' && (choice.value === 'card' || choice.value === 'self')
}

/** The parameters in a hash and in the hashes within it. */
export function allPlacesIn(hash: ObjectSchema, at = ''): Place[] {
  return placesIn(hash, at).flatMap((place) => {
    const inner = hashIn(place)
    return inner ? [place, ...allPlacesIn(inner.hash, inner.at)] : [place]
  })
}
