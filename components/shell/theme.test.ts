import { expect, it } from 'vitest'
import { parseTheme } from './theme'

it.each([
  ['light', 'light'],
  ['dark', 'dark'],
  ['system', 'system'],
  [undefined, 'system'],
  ['"><script>', 'system'],
])('a cookie of %j means %s', (cookie, theme) => {
  expect(parseTheme(cookie)).toBe(theme)
})
