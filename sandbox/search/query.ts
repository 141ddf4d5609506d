import { invalidRequest } from '@/sandbox/http/errors'

export type Operator = ':' | '~' | '>' | '<' | '>=' | '<='

/** One condition of a query. `value` null asks for the absence of the field, as `url:null` does. */
export type Clause = {
  negated: boolean
  field: string
  /** The key in `metadata["key"]`; null for every other field. */
  key: string | null
  operator: Operator
  value: string | null
}

/** All clauses have to hold, or any of them; the language has no way to mix both. */
export type Query = { join: 'and' | 'or'; clauses: Clause[] }

const mostClauses = 10

const fieldPattern = /[a-z][a-z0-9_]*(\.[a-z0-9_]+)*/y
const operatorPattern = />=|<=|[:~<>]/y
const barePattern = /(-?\d+|true|false|null)(?![^\s])/y
const joinPattern = /(and|or)(?=\s)/iy

/**
 * Reads Stripe's search language: clauses of a field, an operator and a value, which is quoted unless it is a number,
 * a boolean or null, joined by AND (or by nothing but space) or by OR.
 * @throws StripeError 400 for what does not follow the grammar, for both joins at once and for more than ten clauses
 */
export function parseQuery(text: string): Query {
  const reader = new Reader(text)
  const clauses: Clause[] = []
  let join: Query['join'] | undefined
  while (true) {
    clauses.push(readClause(reader))
    if (reader.atEnd()) break
    const next = readJoin(reader)
    if (join !== undefined && join !== next) {
      throw refused('You cannot combine AND and OR in the same search query.')
    }
    join = next
  }
  if (clauses.length > mostClauses) {
    throw refused(`A search query can have at most ${mostClauses} clauses, but yours has ${clauses.length}.`)
  }
  return { join: join ?? 'and', clauses }
}

function readClause(reader: Reader): Clause {
  const negated = reader.take('-')
  const field = reader.match(fieldPattern)
  if (field === undefined) throw unparsable()
  const key = reader.take('[') ? readKey(reader) : null
  if ((field === 'metadata') !== (key !== null)) throw unparsable()
  const operator = reader.match(operatorPattern) as Operator | undefined
  if (operator === undefined) throw unparsable()
  return { negated, field, key, operator, value: readValue(reader) }
}

function readKey(reader: Reader): string {
  const key = reader.quoted()
  if (key === undefined || key === '' || !reader.take(']')) throw unparsable()
  return key
}

/** A word in quotes is text, `"null"` too. */
function readValue(reader: Reader): string | null {
  const quoted = reader.quoted()
  if (quoted !== undefined) return quoted
  const bare = reader.match(barePattern)
  if (bare === undefined) throw unparsable()
  return bare === 'null' ? null : bare
}

function readJoin(reader: Reader): Query['join'] {
  if (!reader.skipSpace()) throw unparsable()
  const word = reader.match(joinPattern)
  reader.skipSpace()
  return word?.toLowerCase() === 'or' ? 'or' : 'and'
}

class Reader {
  #at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text.trim()
  }

  atEnd(): boolean {
    return this.#at === this.#text.length
  }

  take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  /** @param pattern a sticky one */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  skipSpace(): boolean {
    return this.match(/\s+/y) !== undefined
  }

  /** Text in single or double quotes; a backslash makes the next character mean itself. Undefined without a quote. */
  quoted(): string | undefined {
    const quote = this.#text[this.#at]
    if (quote !== '"' && quote !== "'") return undefined
    let value = ''
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const character = this.#text[at]
      if (character === quote) {
        this.#at = at + 1
        return value
      }
      if (character === '\\') at++
      value += this.#text[at] ?? ''
    }
    throw unparsable()
  }
}

export function refused(message: string, param = 'query') {
  return invalidRequest(message, { param })
}

function unparsable() {
  return refused(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
  )
}
