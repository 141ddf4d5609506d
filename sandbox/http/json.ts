/** JSON of values that were declared lasting: as an answer of their own, and as a member of a list. */
const written = new WeakMap<object, { alone?: string; listed?: string }>()

/** Declares that a value will never change, so that its JSON needs to be made only once. */
export function lasting<T extends object>(value: T): T {
  written.set(value, {})
  return value
}

/** JSON indented by two as Stripe's is, made only once for lasting values, alone or in a list. */
export function toJson(value: unknown): string {
  if (isList(value) && value.data.length > 0) {
    const { data, ...rest } = value
    const head = JSON.stringify(rest, null, 2).slice(0, -2)
    return `${head},\n  "data": [\n    ${data.map(listed).join(',\n    ')}\n  ]\n}`
  }
  const kept = keptOf(value)
  if (!kept) return JSON.stringify(value, null, 2)
  kept.alone ??= JSON.stringify(value, null, 2)
  return kept.alone
}

function listed(member: unknown): string {
  const kept = keptOf(member)
  if (kept?.listed !== undefined) return kept.listed
  const json = JSON.stringify(member, null, 2).replaceAll('\n', '\n    ')
  if (kept) kept.listed = json
  return json
}

function keptOf(value: unknown): { alone?: string; listed?: string } | undefined {
  return typeof value === 'object' && value !== null ? written.get(value) : undefined
}

function isList(value: unknown): value is { object: 'list'; data: unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'object' in value &&
    value.object === 'list' &&
    'data' in value &&
    Array.isArray(value.data)
  )
}
