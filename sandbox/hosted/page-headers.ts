import { createHash } from 'node:crypto'
import { type Html, markupOf } from '@/sandbox/hosted/html'

/**
 * The headers of a page: nothing but its one style sheet, named by its hash, is let in, and no script at all.
 * @param more what else the page's content security policy allows
 * @param referrer browsers call the origin of a form `null` on pages that tell no referrer
 */
export function pageHeaders(
  css: Html,
  more: readonly string[],
  referrer: 'no-referrer' | 'same-origin',
): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(markupOf(css)).digest('base64')
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      ...more,
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': referrer,
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow',
  }
}
