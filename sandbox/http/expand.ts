import type { Ctx } from '@/sandbox/context'
import type { Returns } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { type Expansion, expandable } from '@/sandbox/resources/expandable'
import type { ObjectName } from '@/sandbox/resources/object-references'

type Json = { [key: string]: unknown }

/** Deepest path, not counting the `data` of lists. */
const deepest = 4

/**
 * `answer` with what the paths name shown in full. Paths are checked even where the answer is empty.
 * @throws StripeError 400 for a path that cannot be expanded
 */
export function expandAnswer(ctx: Ctx, answer: object, returns: Returns, paths: readonly string[]): object {
  return paths.reduce((expanded, path) => expandPath(ctx, expanded as Json, returns, path), answer)
}

function expandPath(ctx: Ctx, answer: Json, returns: Returns, path: string): Json {
  const segments = path.split('.')
  if (segments.filter((segment) => segment !== 'data').length > deepest) {
    throw invalidRequest(`You cannot expand more than ${deepest} levels of a property: ${path}`, {
      param: 'expand',
    })
  }
  const [word, element] = returns.split(' of ')
  if (element === undefined) return expandIn(ctx, answer, word as ObjectName, segments, path)
  if (word === 'search' && path === 'total_count') return counted(answer)
  if (segments[0] !== 'data' || segments.length === 1) {
    throw unexpandable(path, ` You may want to try expanding 'data.${path}' instead.`)
  }
  return expandList(ctx, answer, element as ObjectName, segments.slice(1), path)
}

/** Search results carry how to count them instead of a count, because nobody else needs it. */
function counted({ total_count: count, ...answer }: Json): Json {
  return { ...answer, total_count: typeof count === 'function' ? count() : count }
}

function expandIn(ctx: Ctx, object: Json, name: ObjectName, segments: string[], path: string): Json {
  const { length, expansion } = find(name, segments, path)
  const rest = segments.slice(length)
  checkRest(expansion, rest, path)
  if (object.deleted === true) return object
  return changeAt(object, segments.slice(0, length), (value) =>
    expandValue(ctx, value, expansion, rest, path, String(object.id)),
  )
}

/** The expansion at the beginning of a path; fields in hashes have paths of several segments. */
function find(name: ObjectName, segments: string[], path: string): { length: number; expansion: Expansion } {
  for (let length = 1; length <= segments.length; length++) {
    const key = segments.slice(0, length).join('.')
    const known = expandable[name]
    const expansion = Object.hasOwn(known, key) ? known[key] : undefined
    if (expansion) return { length, expansion }
  }
  throw unexpandable(path)
}

/** Walks the rest of the path through the kinds alone, so that an empty list refuses what a full one would. */
function checkRest(expansion: Expansion, rest: string[], path: string): void {
  if (rest.length === 0) return
  const { to } = expansion
  if (to === 'hash') {
    if (rest.length === 2 && rest[1] === expansion.entry?.field) return
    throw unexpandable(path)
  }
  const element = elementOf(expansion)
  if (expansion.kind === 'reference') checkIn(expansion.to, rest, path)
  else if (rest[0] !== 'data') throw unexpandable(path)
  else if (element !== undefined && rest.length > 1) checkIn(element, rest.slice(1), path)
}

function checkIn(name: ObjectName, segments: string[], path: string): void {
  const { length, expansion } = find(name, segments, path)
  checkRest(expansion, segments.slice(length), path)
}

function elementOf(expansion: Expansion): ObjectName | undefined {
  if (expansion.kind === 'list') return expansion.to
  return expansion.kind === 'include' ? expansion.of : undefined
}

function expandValue(
  ctx: Ctx,
  value: unknown,
  expansion: Expansion,
  rest: string[],
  path: string,
  ownerId: string,
): unknown {
  if (expansion.kind === 'reference') {
    const object = typeof value === 'string' ? expansion.show(ctx, value) : value
    if (!isHash(object) || rest.length === 0) return object
    return expandIn(ctx, object, expansion.to, rest, path)
  }
  const shown =
    expansion.kind === 'include' && !isHash(value) ? (expansion.show(ctx, ownerId) ?? value) : value
  const entry = expansion.kind === 'include' ? expansion.entry : undefined
  const [key = ''] = rest
  if (entry && isHash(shown) && isHash(shown[key])) {
    return changeAt(shown, [key, entry.field], () => entry.show(ctx, ownerId, key))
  }
  const element = elementOf(expansion)
  if (element === undefined || !isHash(shown)) return shown
  return expandList(ctx, shown, element, rest.slice(1), path)
}

function expandList(ctx: Ctx, list: Json, element: ObjectName, rest: string[], path: string): Json {
  if (rest.length === 0) return list
  checkIn(element, rest, path)
  const data = Array.isArray(list.data) ? list.data : []
  return { ...list, data: data.map((item: Json) => expandIn(ctx, item, element, rest, path)) }
}

function changeAt(object: Json, keys: string[], change: (value: unknown) => unknown): Json {
  const [key = '', ...rest] = keys
  const value = object[key]
  const within = (part: unknown) => (isHash(part) ? changeAt(part, rest, change) : part)
  const changed = rest.length === 0 ? change : within
  // Of an array, every element is meant: `discounts`, `total_discount_amounts.discount`.
  const next = Array.isArray(value) ? value.map(changed) : changed(value)
  return next === undefined ? object : { ...object, [key]: next }
}

function isHash(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unexpandable(path: string, hint = '') {
  return invalidRequest(`This property cannot be expanded (${path}).${hint}`, { param: 'expand' })
}
