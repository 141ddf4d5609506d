/** JSON of values that were declared lasting: as an answer of their own, and as a member of a list. */
const written = new WeakMap<object, { alone?: Buffer; listed?: Buffer }>()

/** Declares that a value will never change, so that its JSON needs to be made only once. */
export function lasting<T extends object>(value: T): T {
  written.set(value, {})
  return value
}

/** JSON in UTF-8, indented by two as Stripe's is, made only once for lasting values, alone or in a list. */
export function toJson(value: unknown): Buffer {
  if (isList(value) && value.data.length > 0) return listToJson(value)
  const kept = keptOf(value)
  if (!kept) return encode(value)
  kept.alone ??= encode(value)
  return kept.alone
}

const opening = Buffer.from(',\n  "data": [\n    ')
const comma = Buffer.from(',\n    ')
const closing = Buffer.from('\n  ]\n}')

function listToJson({ data, ...rest }: List): Buffer {
  const head = encode(rest).subarray(0, -'\n}'.length)
  const members = data.flatMap((member, at) => [at === 0 ? opening : comma, listed(member)])
  return Buffer.concat([head, ...members, closing])
}

function listed(member: unknown): Buffer {
  const kept = keptOf(member)
  if (kept?.listed) return kept.listed
  const json = Buffer.from(JSON.stringify(member, null, 2).replaceAll('\n', '\n    '))
  if (kept) kept.listed = json
  return json
}

function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value, null, 2))
}

function keptOf(value: unknown): { alone?: Buffer; listed?: Buffer } | undefined {
  return typeof value === 'object' && value !== null ? written.get(value) : undefined
}

type List = { object: 'list'; data: unknown[] }

function isList(value: unknown): value is List {
  return (
    typeof value === 'object' &&
    value !== null &&
    'object' in value &&
    value.object === 'list' &&
    'data' in value &&
    Array.isArray(value.data)
  )
}
