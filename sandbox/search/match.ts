import { type Clause, type Operator, parseQuery, refused } from '@/sandbox/search/query'

export type Value = string | number | boolean | null | undefined

/** An object as search knows it. */
export type Doc = {
  id: string
  /** By the names that queries use; what an object lacks may be left out. */
  values: { readonly [field: string]: Value }
  metadata: Readonly<Record<string, string>> | null
}

/** `token` fields compare as a whole, `text` fields by parts too, `number` fields by size too. */
export type FieldKind = 'token' | 'text' | 'number'

/** Shortest part of a text that can be searched for. */
const shortestPart = 3

const operators: Record<FieldKind, readonly Operator[]> = {
  token: [':'],
  text: [':', '~'],
  number: [':', '>', '<', '>=', '<='],
}

/**
 * The test that a query puts to each object.
 * @param resource how messages name what is searched, `payment_intents`
 * @param kindOf the kind of a field, undefined for unknown ones; `metadata` belongs to all resources
 * @throws StripeError 400 for a query that is malformed or asks for what the fields cannot answer
 */
export function matcher(
  query: string,
  resource: string,
  kindOf: (field: string) => FieldKind | undefined,
): (doc: Doc) => boolean {
  const { join, clauses } = parseQuery(query)
  const tests = clauses.map((clause) => clauseTest(clause, resource, kindOf))
  return join === 'and' ? (doc) => tests.every((test) => test(doc)) : (doc) => tests.some((test) => test(doc))
}

function clauseTest(clause: Clause, resource: string, kindOf: (field: string) => FieldKind | undefined) {
  const { field, key, negated } = clause
  const kind = key === null ? kindOf(field) : 'token'
  if (kind === undefined) throw unsupported(field, resource)
  const holds = valueTest(clause, kind)
  return key === null
    ? ({ values }: Doc) => holds(values[field]) !== negated
    : ({ metadata }: Doc) => holds(own(metadata, key)) !== negated
}

function unsupported(field: string, resource: string) {
  const page = resource.replaceAll('_', '-')
  return refused(
    `Field \`${field}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${page} for a list of supported fields.`,
  )
}

/** Metadata keys are the callers' words: `constructor` is one like any other. */
function own(metadata: Doc['metadata'], key: string): string | undefined {
  return metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined
}

function valueTest({ field, operator, value }: Clause, kind: FieldKind): (value: Value) => boolean {
  if (!operators[kind].includes(operator)) {
    throw refused(`Field \`${field}\` does not support the operator \`${operator}\`.`)
  }
  if (value === null) {
    if (operator !== ':') throw refused(`Use \`${field}:null\` to search for objects without the field.`)
    return isAbsent
  }
  if (kind === 'number') return numberTest(field, operator, value)
  const wanted = value.toLowerCase()
  if (operator === ':') return (actual) => !isAbsent(actual) && String(actual).toLowerCase() === wanted
  if ([...wanted].length < shortestPart) {
    throw refused(`A substring to search for must have at least ${shortestPart} characters.`)
  }
  return (actual) => !isAbsent(actual) && String(actual).toLowerCase().includes(wanted)
}

function isAbsent(value: Value): boolean {
  return value === null || value === undefined || value === ''
}

function numberTest(field: string, operator: Operator, text: string): (value: Value) => boolean {
  if (!/^-?\d{1,15}$/.test(text)) throw refused(`Field \`${field}\` is a number, \`${text}\` is not.`)
  const wanted = Number(text)
  const compare: Partial<Record<Operator, (actual: number) => boolean>> = {
    ':': (actual) => actual === wanted,
    '>': (actual) => actual > wanted,
    '<': (actual) => actual < wanted,
    '>=': (actual) => actual >= wanted,
    '<=': (actual) => actual <= wanted,
  }
  const test = compare[operator]
  return (actual) => typeof actual === 'number' && test?.(actual) === true
}
