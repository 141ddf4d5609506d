import { inflateSync } from 'node:zlib'

type PdfText = {
  /** The whole file, a character a byte. */
  raw: string
  /** What is drawn, one drawn piece a line, in the order of drawing. */
  text: string
  pages: string[]
}

/** Reads the text of a PDF that pdfkit made: enough of the format for tests, and nothing else of it. */
export function readPdf(pdf: Buffer): PdfText {
  const raw = pdf.toString('latin1')
  const objects = new Map(
    [...raw.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, id = '', body = '']) => [id, body]),
  )
  const pages = [...objects.values()]
    .filter((body) => /\/Type \/Page\b/.test(body))
    .map((page) => textOf(page, objects))
  return { raw, pages, text: pages.join('\n') }
}

function textOf(page: string, objects: Map<string, string>): string {
  const follow = (body: string, key: string) =>
    objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1] ?? '') ?? ''
  const fonts = new Map(
    [...follow(page, 'Resources').matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', id = '']) => {
      const font = objects.get(id) ?? ''
      return [name, /-UTF16-H/.test(font) ? null : unicodeOf(streamOf(follow(font, 'ToUnicode')))]
    }),
  )
  const content = streamOf(follow(page, 'Contents'))
  let letters: Map<number, string> | null | undefined
  const drawn: string[] = []
  for (const [, font, glyphs, codes] of content.matchAll(
    /\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ|<([0-9a-f]*)> Tj/g,
  )) {
    if (font !== undefined) letters = fonts.get(font)
    const hex = codes ?? [...(glyphs ?? '').matchAll(/<([0-9a-f]+)>/g)].map(([, part = '']) => part).join('')
    if (hex === '') continue
    const units = hex.match(/.{4}/g)?.map((unit) => Number.parseInt(unit, 16)) ?? []
    drawn.push(units.map((unit) => (letters ? letters.get(unit) : String.fromCharCode(unit))).join(''))
  }
  return drawn.join('\n')
}

function streamOf(object: string): string {
  const [, body = ''] = /stream\n(.*?)\nendstream/s.exec(object) ?? []
  return body === '' ? '' : inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
}

/** Glyph to letters, from the font's `ToUnicode` map. */
function unicodeOf(cmap: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, start = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [index, [, code = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const bytes = Buffer.from(code.replaceAll(' ', ''), 'hex')
      letters.set(Number.parseInt(start, 16) + index, bytes.swap16().toString('utf16le'))
    }
  }
  return letters
}
