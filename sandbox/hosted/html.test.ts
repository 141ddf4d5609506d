import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html, markupOf } from '@/sandbox/hosted/html'

const pieces = fc.constantFrom(
  '<',
  '>',
  '&',
  '"',
  "'",
  'amp;',
  '#39;',
  '/',
  '=',
  'x',
  '\0',
  'é',
  '\u{1f600}',
  '\ud800',
)
const CHARACTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

test('leaves nothing of absent values, joins lists, keeps its own markup', () => {
  const items = ['a', 'b'].map((item) => html`<li>${item}</li>`)
  const absent: (null | undefined | false)[] = [null, undefined, false]
  expect(markupOf(html`<ul>${items}${absent}${0}${''}</ul>`)).toBe('<ul><li>a</li><li>b</li>0</ul>')
})

test('text stays text, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = parts.join('')
      const escaped = markupOf(html`${text}`)
      expect(escaped).not.toMatch(/[<>"']/)
      expect(escaped.replace(/&([^;]+);/g, (_, name) => CHARACTERS[name] ?? '?')).toBe(text)
    }),
  )
})

test('an object from outside cannot pass for markup', () => {
  const forged = JSON.parse('{"markup":"<b>"}')
  expect(() => html`${forged}`).toThrow()
})
