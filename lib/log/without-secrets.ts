/** What a secret looks like, and what may stay of it. */
const secrets: [RegExp, string][] = [
  [/\b(Bearer|Basic) [\w.~+/=-]+/g, '$1 …'],
  [/\b((?:sk|rk)_(?:test|live)_)\w+/g, '$1…'],
  [/\bwhsec_[^\s",\\]+/g, 'whsec_…'],
  [/(_secret_)\w+/g, '$1…'],
  [/(\w+:\/\/[^\s:/@"]+:)[^\s@"]+@/g, '$1…@'],
  [/(\/i\/)[\w-]{20,}/g, '$1…'],
  [/((?:session|csrf)-token(?:\.\d+)?=)[^\s;"\\]+/g, '$1…'],
]

/**
 * Cuts out Stripe keys, webhook and client secrets, passwords in connection strings, customers' links, session cookies
 * and authorization headers. Works on any text, also on a JSON line, which stays JSON.
 */
export function withoutSecrets(text: string): string {
  return secrets.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}
