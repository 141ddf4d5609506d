import 'server-only'

const elsewhere = 'http://elsewhere.invalid'

/**
 * Where to go after signing in: a path on this server, whatever `next=` says. `//host`, `/\host`, other schemes and
 * control characters, which browsers drop from URLs, end on the overview.
 */
export function safeNextPath(next: string | string[] | null | undefined): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, elsewhere)) return '/'
  const url = new URL(next, elsewhere)
  if (url.origin !== elsewhere || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}`
}

export function signInPath(next: string): string {
  const path = safeNextPath(next)
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}
