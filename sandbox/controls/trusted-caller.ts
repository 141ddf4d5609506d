import type { IncomingHttpHeaders } from 'node:http'

/**
 * Why a request to the sandbox's own controls is refused, or undefined. A web site that the developer visits while the
 * sandbox runs can send requests to this machine: those that would change something are known by where they come
 * from, and a site whose name was made to lead here (DNS rebinding) by the name it asks for.
 */
export function distrustOf(method: string, headers: IncomingHttpHeaders): string | undefined {
  const { host = '', origin } = headers
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)) {
    return 'The sandbox is reached as 127.0.0.1, localhost or [::1], and by no other name.'
  }
  if (method === 'GET' || method === 'HEAD') return undefined
  const isForeign = origin !== undefined && origin !== `http://${host.toLowerCase()}`
  return isForeign || headers['sec-fetch-site'] === 'cross-site'
    ? 'A page of another web site may not turn the sandbox.'
    : undefined
}
