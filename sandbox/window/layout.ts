import type { Engine } from '@/sandbox/engine'
import { html, markupOf } from '@/sandbox/hosted/html'
import { pageHeaders } from '@/sandbox/hosted/page-headers'
import type { Reply } from '@/sandbox/http/reply'
import type { Pane } from '@/sandbox/window/page'
import { moment } from '@/sandbox/window/parts'
import { WINDOW_CSS } from '@/sandbox/window/styles'

const sections = {
  overview: { title: 'Overview', href: '/_sandbox/' },
  objects: { title: 'Objects', href: '/_sandbox/window/objects' },
  requests: { title: 'Requests', href: '/_sandbox/window/requests' },
  events: { title: 'Events', href: '/_sandbox/window/events' },
  webhooks: { title: 'Webhooks', href: '/_sandbox/window/webhooks' },
  mail: { title: 'Mail', href: '/_sandbox/window/mail' },
  faults: { title: 'Faults', href: '/_sandbox/window/faults' },
  settings: { title: 'Settings', href: '/_sandbox/window/settings' },
  snapshots: { title: 'Snapshots', href: '/_sandbox/window/snapshots' },
}

export type Section = keyof typeof sections

export const WINDOW_HEADERS = pageHeaders(WINDOW_CSS, ["frame-src 'self'"], 'same-origin')

/** A page of the window. @param refusal why what its form wanted was not done */
export function windowReply(engine: Engine, status: number, pane: Pane, refusal?: string): Reply {
  const { title, section, body } = pane
  const nav = Object.entries(sections).map(
    ([name, { title: text, href }]) =>
      html`<a href="${href}"${name === section && html` aria-current="page"`}>${text}</a>`,
  )
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} · Sandbox</title>
<style>${WINDOW_CSS}</style>
</head>
<body>
<header>
  <a class="brand" href="/_sandbox/">Sandbox</a>
  <nav aria-label="Sections">${nav}</nav>
  <p class="now">${moment(engine.clock.now())} UTC</p>
</header>
<main>
<h1>${title}</h1>
${refusal !== undefined && html`<p class="refusal" role="alert">${refusal}</p>`}
${body}
</main>
</body>
</html>
`
  return { status, headers: { ...WINDOW_HEADERS }, body: markupOf(page) }
}
