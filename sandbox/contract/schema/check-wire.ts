import { objectSchema } from '@/sandbox/contract/schema/objects'
import type { ObjectSchema, Plain, Schema } from '@/sandbox/contract/schema/schema'

/** Where an answer is not what the SDK's types say, in words: `invoice.total: "5" where number is due`. */
export type Deviation = string

type Hash = { [key: string]: unknown }

const agreed: Deviation[] = []

/**
 * Compares JSON from the wire with the SDK's own type of the object that it says to be: every field that the types
 * demand is there, null only where null may be, and nothing that they do not know.
 * @param objectName what `object` says, `list` and `search_result` included
 */
export function checkWire(objectName: string, json: unknown): Deviation[] {
  if (objectName === 'list' || objectName === 'search_result') return checkList(objectName, json)
  return compare(objectSchema(objectName), json, objectName, false)
}

/** Any answer or webhook payload, which says itself what it is. */
export function checkAnswer(json: unknown): Deviation[] {
  if (!isHash(json) || typeof json.object !== 'string') return ['an answer does not say which object it is']
  return checkWire(json.object, json)
}

const listKeys = {
  list: ['object', 'data', 'has_more', 'url'],
  search_result: ['object', 'data', 'has_more', 'url', 'next_page'],
}

/** The elements of a list that is an answer say themselves what they are. */
function checkList(name: keyof typeof listKeys, json: unknown): Deviation[] {
  if (!isHash(json) || !Array.isArray(json.data)) return [`${name}: has no data`]
  const keys = Object.keys(json)
  const known = [...listKeys[name], 'total_count']
  return [
    ...listKeys[name].filter((key) => !keys.includes(key)).map((key) => `${name}.${key}: is missing`),
    ...keys.filter((key) => !known.includes(key)).map((key) => `${name}.${key}: is unknown to the SDK`),
    ...json.data.flatMap(checkAnswer),
  ]
}

/**
 * @param partial as in an event's `previous_attributes`: fields may be absent at every depth, and what was not there
 * before is null
 */
function compare(schema: Schema, value: unknown, at: string, partial: boolean): Deviation[] {
  switch (schema.is) {
    case 'object':
      return isHash(value) ? compareFields(schema, value, at, partial) : [unfit(schema, value, at)]
    case 'union':
      return compareUnion(schema.of, value, at, partial)
    case 'partial':
      return compare(schema.of, value, at, true)
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => compare(schema.of, item, `${at}[${index}]`, false))
        : [unfit(schema, value, at)]
    case 'map':
      return isHash(value) ? compareMap(schema.of, value, at, partial) : [unfit(schema, value, at)]
    default:
      return fits(schema, value) ? agreed : [unfit(schema, value, at)]
  }
}

function compareFields(schema: ObjectSchema, value: Hash, at: string, partial: boolean): Deviation[] {
  const fields = schema.fields()
  const found: Deviation[] = []
  for (const [key, { schema: due, optional }] of fields) {
    if (!Object.hasOwn(value, key)) {
      if (!optional && !partial) found.push(`${at}.${key}: is missing`)
    } else if (!(partial && optional && value[key] === null)) {
      found.push(...compare(due, value[key], `${at}.${key}`, partial))
    }
  }
  for (const key of Object.keys(value)) {
    if (!fields.has(key)) found.push(`${at}.${key}: is unknown to the SDK`)
  }
  return found
}

function compareMap(of: Schema, value: Hash, at: string, partial: boolean): Deviation[] {
  return Object.entries(value).flatMap(([key, item]) =>
    partial && item === null ? agreed : compare(of, item, `${at}.${key}`, partial),
  )
}

/** An object is measured by the choice that it claims to be, or else by the one that it resembles most. */
function compareUnion(choices: Schema[], value: unknown, at: string, partial: boolean): Deviation[] {
  if (choices.some((choice) => isPlain(choice) && fits(choice, value))) return agreed
  const [best] = choices
    .filter((choice) => !isPlain(choice) && claims(choice, value))
    .map((choice) => compare(choice, value, at, partial))
    .sort((a, b) => a.length - b.length)
  return best ?? [unfit({ is: 'union', of: choices }, value, at)]
}

const structured = ['object', 'union', 'array', 'map', 'partial']

function isPlain(schema: Schema): schema is Plain {
  return !structured.includes(schema.is)
}

function fits(schema: Plain, value: unknown): boolean {
  switch (schema.is) {
    case 'anything':
      return true
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && !Object.is(value, -0)
    case 'boolean':
      return typeof value === 'boolean'
    case 'decimal':
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
    case 'null':
      return value === null
    case 'nothing':
      return false
    case 'literal':
      return value === schema.value
  }
}

/** Whether a value can have been meant as this choice: its literals (`object`, `type`, …) agree. */
function claims(choice: Schema, value: unknown): boolean {
  if (choice.is === 'array') return Array.isArray(value)
  if (!isHash(value)) return false
  if (choice.is !== 'object') return true
  for (const [key, { schema }] of choice.fields()) {
    if (schema.is === 'literal' && Object.hasOwn(value, key) && value[key] !== schema.value) return false
  }
  return true
}

function unfit(due: Schema, value: unknown, at: string): Deviation {
  return `${at}: ${String(JSON.stringify(value)).slice(0, 80)} where ${wordsFor(due)} is due`
}

function wordsFor(schema: Schema): string {
  switch (schema.is) {
    case 'literal':
      return JSON.stringify(schema.value)
    case 'object':
      return schema.name
    case 'union':
      return schema.of.map(wordsFor).join(' or ')
    case 'array':
      return `a list of ${wordsFor(schema.of)}`
    default:
      return schema.is
  }
}

function isHash(value: unknown): value is Hash {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
