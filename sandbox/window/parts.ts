import { type Html, html } from '@/sandbox/hosted/html'

type Cell = Html | string | number | null | undefined

/** A column is named; what a narrow screen can do without is marked. */
export type Column = string | { wide: string }

/** A table, or a sentence when it has no rows. */
export function table(columns: readonly Column[], rows: readonly Cell[][], empty: string): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  const classOf = (at: number) => (typeof columns[at] === 'object' ? 'wide' : '')
  return html`<div class="scroll"><table>
<thead><tr>${columns.map((each, at) => html`<th scope="col" class="${classOf(at)}">${typeof each === 'object' ? each.wide : each}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell, at) => html`<td class="${classOf(at)}">${cell}</td>`)}</tr>`)}</tbody>
</table></div>`
}

/** Facts under their names; those that are null are left out. */
export function facts(named: Record<string, Cell>): Html {
  const known = Object.entries(named).filter(([, value]) => value !== null && value !== undefined)
  return html`<dl>${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

export function card(title: string, ...body: Html[]): Html {
  return html`<section class="card"><h2>${title}</h2>${body}</section>`
}

export function link(href: string, text: Cell): Html {
  return html`<a href="${href}">${text}</a>`
}

/** A form below `/_sandbox/window/` that is one button. */
export function button(action: string, label: string, fields: Record<string, string> = {}): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="/_sandbox/window/${action}">${hidden}<button class="quiet">${label}</button></form>`
}

export function field(label: string, control: Html): Html {
  return html`<label><span>${label}</span>${control}</label>`
}

export function select(name: string, options: readonly { value: string; text: string }[], chosen = ''): Html {
  return html`<select name="${name}">${options.map(
    ({ value, text }) =>
      html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select>`
}

/** @param seconds unix seconds */
export function moment(seconds: number | null): Html | null {
  if (seconds === null) return null
  const iso = new Date(seconds * 1000).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

const tones: [RegExp, string][] = [
  [/^(2\d\d|paid|succeeded|active|enabled|valid|verified|ready|won|issued)$/, 'good'],
  [/^(open|draft|processing|advancing|needs_response|under_review)$/, 'calm'],
  [/^(4\d\d|past_due|uncollectible|pending|requires_\w+)$/, 'warn'],
  [/^(5\d\d|failed|lost|unverified|no answer)$/, 'bad'],
]

/** A status in its color. */
export function badge(status: string | number): Html {
  const tone = tones.find(([pattern]) => pattern.test(String(status)))?.[1] ?? 'mute'
  return html`<span class="badge ${tone}">${String(status).replaceAll('_', ' ')}</span>`
}

const pageSize = 25

/**
 * Some rows beginning below the one that `after` in the query names, and a way to the older ones.
 * @param newestFirst begins where it is told to, below the row with that id
 */
export function paged<T extends { id: string }>(
  query: URLSearchParams,
  newestFirst: (after?: string) => Iterable<T>,
): { rows: T[]; more: Html } {
  const after = query.get('after') ?? undefined
  const rows: T[] = []
  let isMore = false
  for (const row of newestFirst(after)) {
    isMore = rows.length === pageSize
    if (isMore) break
    rows.push(row)
  }
  const to = (id?: string) => {
    const next = new URLSearchParams(query)
    next.delete('after')
    if (id !== undefined) next.set('after', id)
    return `?${next}`
  }
  return {
    rows,
    more: html`<nav class="pages" aria-label="Pages">${after !== undefined && link(to(), 'Newest')}${isMore && link(to(rows.at(-1)?.id), 'Older')}</nav>`,
  }
}
