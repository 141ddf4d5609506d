import type { Engine } from '@/sandbox/engine'
import { type Html, html } from '@/sandbox/hosted/html'
import { placeOf } from '@/sandbox/window/kinds'
import { link } from '@/sandbox/window/parts'

/** JSON as people read it, in which every id leads to what it names and every page of the sandbox can be opened. */
export function jsonView(engine: Engine, value: unknown): Html {
  return html`<pre>${valueView(engine, '', value, '')}</pre>`
}

function valueView(engine: Engine, key: string, value: unknown, indent: string): Html {
  if (Array.isArray(value)) {
    return bracketed(
      '[',
      ']',
      value.map((each) => valueView(engine, key, each, `${indent}  `)),
      indent,
    )
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([name, each]) =>
        html`<span class="key">${JSON.stringify(name)}:</span> ${valueView(engine, name, each, `${indent}  `)}`,
    )
    return bracketed('{', '}', entries, indent)
  }
  const text = JSON.stringify(value ?? null)
  if (typeof value !== 'string') return html`<span class="word">${text}</span>`
  const place = value.startsWith(`${engine.origin}/`) ? value : placeOf(engine, key, value)
  return place === undefined ? html`${text}` : html`"${link(place, text.slice(1, -1))}"`
}

function bracketed(open: string, close: string, items: readonly Html[], indent: string): Html {
  if (items.length === 0) return html`${open}${close}`
  const lines = items.map((item, at) => html`\n${indent}  ${item}${at < items.length - 1 && ','}`)
  return html`${open}${lines}\n${indent}${close}`
}
