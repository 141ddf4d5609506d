import { type Clause, type Operator, parseQuery, refused } from '@/sandbox/search/query'

type Value = string | number | boolean | null | undefined

/** `token` fields compare as a whole, `text` fields by parts too, `number` fields by size too. */
export type Field<Row> = { kind: 'token' | 'text' | 'number'; read(row: Row): Value }

/** What can be asked about one kind of object, by the name in the query. `metadata` belongs to all of them. */
export type Fields<Row> = (name: string) => Field<Row> | undefined

export type Searched = { metadata: Record<string, string> | null }

type Names<Row> = Partial<Record<Field<Row>['kind'], readonly (keyof Row & string)[]>>

/**
 * Fields that rows have under the very name that queries use, by kind.
 * @param computed token fields that are found elsewhere in the row
 */
export function namedFields<Row>(
  names: Names<Row>,
  computed: Record<string, Field<Row>['read']> = {},
): Fields<Row> {
  const fields = new Map<string, Field<Row>>()
  for (const kind of ['token', 'text', 'number'] as const) {
    for (const name of names[kind] ?? []) fields.set(name, { kind, read: (row) => scalar(row[name]) })
  }
  for (const [name, read] of Object.entries(computed)) fields.set(name, { kind: 'token', read })
  return (name) => fields.get(name)
}

export function scalar(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** Shortest part of a text that can be searched for. */
const shortestPart = 3

const operators: Record<Field<never>['kind'], readonly Operator[]> = {
  token: [':'],
  text: [':', '~'],
  number: [':', '>', '<', '>=', '<='],
}

/**
 * The test that a query puts to each row.
 * @param resource how messages name what is searched, `payment_intents`
 * @throws StripeError 400 for a query that is malformed or asks for what the fields cannot answer
 */
export function matcher<Row extends Searched>(
  query: string,
  resource: string,
  fields: Fields<Row>,
): (row: Row) => boolean {
  const { join, clauses } = parseQuery(query)
  const tests = clauses.map((clause) => clauseTest(clause, resource, fields))
  return join === 'and' ? (row) => tests.every((test) => test(row)) : (row) => tests.some((test) => test(row))
}

function clauseTest<Row extends Searched>(clause: Clause, resource: string, fields: Fields<Row>) {
  const field = fieldOf(clause, resource, fields)
  const holds = valueTest(clause, field.kind)
  const { negated } = clause
  return (row: Row) => holds(field.read(row)) !== negated
}

function fieldOf<Row extends Searched>(
  { field: name, key }: Clause,
  resource: string,
  fields: Fields<Row>,
): Field<Row> {
  if (key !== null) return { kind: 'token', read: ({ metadata }) => own(metadata, key) }
  const field = fields(name)
  if (field) return field
  const page = resource.replaceAll('_', '-')
  throw refused(
    `Field \`${name}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${page} for a list of supported fields.`,
  )
}

/** Metadata keys are the callers' words: `constructor` is one like any other. */
function own(metadata: Record<string, string> | null, key: string): string | undefined {
  return metadata && Object.hasOwn(metadata, key) ? metadata[key] : undefined
}

function valueTest(
  { field, operator, value }: Clause,
  kind: Field<never>['kind'],
): (value: Value) => boolean {
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
