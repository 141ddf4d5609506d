import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { unpackWoff2 } from '@/sandbox/documents/woff2'

/** A font that the PDF brings along, or one that it only names and every reader of that language has. */
export type Font =
  | { kind: 'embedded'; name: string }
  | { kind: 'named'; name: string; collection: string; supplement: number; encoding: string }

const require = createRequire(import.meta.url)
const family = '@fontsource-variable/ibm-plex-sans'
const subsets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese']

const japanese: Font = {
  kind: 'named',
  name: 'HeiseiKakuGo-W5',
  collection: 'Japan1',
  supplement: 2,
  encoding: 'UniJIS-UTF16-H',
}
const chinese: Font = {
  kind: 'named',
  name: 'STSong-Light',
  collection: 'GB1',
  supplement: 4,
  encoding: 'UniGB-UTF16-H',
}
const korean: Font = {
  kind: 'named',
  name: 'HYGoThic-Medium',
  collection: 'Korea1',
  supplement: 1,
  encoding: 'UniKS-UTF16-H',
}

/** The font that has a character; null when none does. @param tag the document's language */
export function fontOf(character: string, tag: string): Font | null {
  const code = character.codePointAt(0) ?? 0
  const subset = subsets.find((name) => rangesOf(name).some(([from, to]) => code >= from && code <= to))
  if (subset) return { kind: 'embedded', name: subset }
  if (/\p{Script=Hangul}/u.test(character)) return korean
  if (/[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(character)) return japanese
  // Full-width forms and punctuation stand in all three.
  if (/[\p{Script=Han}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u.test(character)) {
    return tag.startsWith('ja') ? japanese : chinese
  }
  return null
}

const files = new Map<string, Buffer>()

/** A TrueType file. @param subset of the family, as `fontOf` names it */
export function fontFile(subset: string): Buffer {
  const known = files.get(subset)
  if (known) return known
  const path = require.resolve(`${family}/files/ibm-plex-sans-${subset}-wght-normal.woff2`)
  const file = unpackWoff2(readFileSync(path))
  files.set(subset, file)
  return file
}

const ranges = new Map<string, [from: number, to: number][]>()

/** The package says which code points each of its files has, as CSS `unicode-range`. */
function rangesOf(subset: string): [from: number, to: number][] {
  const known = ranges.get(subset)
  if (known) return known
  const declared: Record<string, string> = require(`${family}/unicode.json`)
  const parsed = (declared[subset] ?? '').split(',').map((range): [number, number] => {
    const [from = '', to = from] = range.replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
  ranges.set(subset, parsed)
  return parsed
}
