export type OriginHeaders = { origin: string | null; fetchSite: string | null }

/**
 * Whether a write was sent by one of our own pages. Next runs an action that has no `Origin`, and believes
 * `X-Forwarded-Host`; this reads neither the host nor anything a proxy forwards. Where both headers are present they
 * must agree, and where neither is, nobody vouches for the request.
 */
export function isOwnOrigin({ origin, fetchSite }: OriginHeaders, ownOrigins: readonly string[]): boolean {
  if (origin === null && fetchSite === null) return false
  if (fetchSite !== null && fetchSite !== 'same-origin') return false
  return origin === null || ownOrigins.includes(origin)
}
