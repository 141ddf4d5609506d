/** Markup that is safe to send. Only the `html` tag makes it, so text from outside cannot pass for it. */
export type Html = { readonly [MARKUP]: string }

const MARKUP = Symbol('markup')

type Fragment = Html | string | number | null | undefined | false | readonly Fragment[]

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes every value that is not itself made by this tag; absent values leave nothing. */
export function html(strings: TemplateStringsArray, ...values: Fragment[]): Html {
  return { [MARKUP]: strings.reduce((text, part, index) => text + render(values[index - 1]) + part) }
}

export function markupOf(fragment: Html): string {
  return fragment[MARKUP]
}

function render(value: Fragment): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'object') return MARKUP in value ? value[MARKUP] : value.map(render).join('')
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
