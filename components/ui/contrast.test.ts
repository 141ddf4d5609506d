import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

/** Every `--name: light-dark(#…, #…)` of the stylesheet. */
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

function color(name: string, theme: Theme): string {
  const token = tokens.get(name)
  if (!token) throw new Error(`no token --${name}`)
  return token[theme]
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(one: string, other: string, theme: Theme): number {
  const [lighter = 0, darker = 0] = [luminance(color(one, theme)), luminance(color(other, theme))].sort(
    (a, b) => b - a,
  )
  return (lighter + 0.05) / (darker + 0.05)
}

const grounds = ['paper', 'surface', 'sunken', 'hover']
const tones = ['neutral', 'info', 'positive', 'negative', 'warning', 'urgent']
const washes = tones.map((tone) => `${tone}-wash`)

const texts: [string, string][] = [
  ...grounds.flatMap((ground) =>
    ['ink', 'ink-muted', 'accent', 'urgent', 'positive'].map((ink) => [ink, ground]),
  ),
  ...tones.map((tone) => [tone, `${tone}-wash`]),
  // Banners set their sentence in muted ink upon a wash.
  ...washes.flatMap((wash) => ['ink', 'ink-muted'].map((ink) => [ink, wash])),
  ...['accent', 'accent-strong'].map((fill) => ['on-accent', fill]),
  ...['danger', 'danger-strong'].map((fill) => ['on-danger', fill]),
  ['paper', 'ink'],
  ['ink', 'accent-wash'],
] as [string, string][]

const marks: [string, string][] = [
  ...grounds.flatMap((ground) => ['control', 'rule-strong', 'accent'].map((mark) => [mark, ground])),
  ...tones.map((tone) => [tone, `${tone}-wash`]),
] as [string, string][]

describe.each<Theme>(['light', 'dark'])('contrast, %s', (theme) => {
  it.each(texts)('text %s on %s is at least 4.5:1', (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(marks)('mark %s on %s is at least 3:1', (mark, ground) => {
    expect(contrast(mark, ground, theme)).toBeGreaterThanOrEqual(3)
  })
})
