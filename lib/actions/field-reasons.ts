/**
 * `{lines: {0: {unitAmount: {_errors: ['amount_missing', …]}}}}` → `{'lines.0.unitAmount': 'amount_missing'}`.
 * A schema's own messages are reason codes; zod's sentences (wrong type, unknown key) become `invalid`.
 */
export function fieldReasons(errors: object, path: readonly string[] = []): Record<string, string> {
  const reasons: Record<string, string> = {}
  for (const [key, value] of Object.entries(errors)) {
    if (key === '_errors') reasons[path.join('.')] = reasonCode(value)
    else if (typeof value === 'object' && value !== null) {
      Object.assign(reasons, fieldReasons(value, [...path, key]))
    }
  }
  return reasons
}

function reasonCode(messages: unknown): string {
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined
  return typeof first === 'string' && /^[a-z_]+$/.test(first) ? first : 'invalid'
}
