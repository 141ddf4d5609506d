import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/env'

/**
 * Puts a Content-Security-Policy with a fresh nonce on every page, and tells the page its path. Nothing is locked here: each page, route and action
 * authorises itself. Route handlers with bodies (the webhook above all) are left out, because a proxy cuts bodies at 10 MB.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname)
  const headers = new Headers(request.headers)
  // For the way back after sign-in: a layout or page has no other means to know its own address.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce for its own scripts from the policy on the request.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string, path: string): string {
  // React needs eval for its stack traces while developing, and only then.
  const evalWhileDeveloping = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evalWhileDeveloping}`,
    // Popups are placed by style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self'${path.startsWith('/i/') ? ` ${paymentOrigins().join(' ')}` : ''}`,
  ].join('; ')
}

/** Browsers apply form-action to redirects too, and Pay ends on Stripe's page. */
function paymentOrigins(): string[] {
  const apiBase = env().stripe.apiBase
  return apiBase ? [apiBase.origin] : ['https://invoice.stripe.com', 'https://pay.stripe.com']
}

export const config = { matcher: ['/((?!api/|_next/|healthz|readyz|metrics|i/[^/]+/).*)'] }
