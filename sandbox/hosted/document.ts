import { createHash } from 'node:crypto'
import { type Html, html, markupOf } from '@/sandbox/hosted/html'
import { HOSTED_CSS } from '@/sandbox/hosted/styles'
import type { Language } from '@/sandbox/languages/language'

const STYLE_HASH = createHash('sha256').update(markupOf(HOSTED_CSS)).digest('base64')

/** Sent with every hosted page. The policy lets in the one style sheet by its hash and no script at all. */
export const HOSTED_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
}

/** A whole page around `body`, marked as the sandbox's. */
export function documentOf({ tag, words }: Language, title: string, body: Html): string {
  return markupOf(html`<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} · ${words.sandbox}</title>
<style>${HOSTED_CSS}</style>
</head>
<body>
<header class="ribbon"><strong>${words.sandbox}</strong> ${words.sandboxPage}</header>
${body}
</body>
</html>
`)
}
