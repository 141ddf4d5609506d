import { type Html, html, markupOf } from '@/sandbox/hosted/html'
import { pageHeaders } from '@/sandbox/hosted/page-headers'
import { HOSTED_CSS } from '@/sandbox/hosted/styles'
import type { Language } from '@/sandbox/languages/language'

/** Sent with every hosted page. */
export const HOSTED_HEADERS = pageHeaders(HOSTED_CSS, [], 'no-referrer')

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
