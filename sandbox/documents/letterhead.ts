import { type Party, partyLines } from '@/sandbox/documents/party'
import { accent, body, type Sheet, soft, strong } from '@/sandbox/documents/sheet'
import { leading, type TextStyle } from '@/sandbox/documents/typesetter'
import type { Language } from '@/sandbox/languages/language'

export type Stamp = { text: string; color: string }

export const stampColors = { good: '#17653a', mute: '#56605d' }

type Letterhead = {
  title: string
  seller: string
  stamp: Stamp | null
  facts: readonly (readonly [label: string, value: string])[]
}

/** The top of the first page: what it is, from whom, that it is only a sandbox's, and its facts. */
export function letterhead(
  sheet: Sheet,
  { title, seller, stamp, facts }: Letterhead,
  language: Language,
): void {
  const { doc, right } = sheet
  doc.rect(0, 0, doc.page.width, 5).fill(accent)
  sheet.flushRight(
    language.words.sandboxDocument,
    { size: 8, color: '#8f4300', isBold: true },
    right,
    sheet.y - 20,
  )
  const top = sheet.y
  logo(sheet, seller, right, top)
  sheet.line(title, titleStyle, sheet.left, top, right - 140)
  if (stamp) drawStamp(sheet, stamp, sheet.left + sheet.widthOf(title, titleStyle) + 14, top + 4)
  sheet.y = top + leading(titleStyle) + 12
  const column = Math.max(110, ...facts.map(([label]) => sheet.widthOf(label, strong)))
  const valueAt = sheet.left + Math.min(column, 190) + 18
  for (const [label, value] of facts) {
    sheet.room(leading(strong))
    sheet.sideBySide([
      () => sheet.paragraph(label, strong, sheet.left, valueAt - 8),
      () => sheet.paragraph(value, body, valueAt, right - 40),
    ])
    sheet.y += 1.5
  }
}

const titleStyle: TextStyle = { size: 23, isBold: true }

/** An initial on the accent color, where others have a logo. */
function logo(sheet: Sheet, seller: string, right: number, top: number): void {
  const size = 34
  const [initial = '·'] = [...seller.trim()]
  const style: TextStyle = { size: 17, isBold: true, color: '#ffffff' }
  sheet.doc.roundedRect(right - size, top, size, size, 7).fill(accent)
  const width = sheet.widthOf(initial.toUpperCase(), style)
  sheet.line(initial.toUpperCase(), style, right - size / 2 - width / 2, top + 6.5)
}

function drawStamp(sheet: Sheet, { text, color }: Stamp, x: number, y: number): void {
  const style: TextStyle = { size: 11, isBold: true, color }
  const width = sheet.widthOf(text, style)
  sheet.doc
    .lineWidth(1.4)
    .strokeColor(color)
    .roundedRect(x, y, width + 18, 22, 4)
    .stroke()
  sheet.line(text, style, x + 9, y + 4)
}

/** Who is who, in columns; the others are left out. */
export function parties(
  sheet: Sheet,
  columns: readonly (readonly [label: string, party: Party | null])[],
  language: Language,
): void {
  const shown = columns.flatMap(([label, party]) => (party ? [{ label, party }] : []))
  const width = sheet.width / Math.max(2, shown.length)
  sheet.y += 20
  sheet.sideBySide(
    shown.map(({ label, party }, index) => () => {
      const x = sheet.left + index * width
      const right = x + width - 18
      sheet.paragraph(label, soft, x, right)
      sheet.y += 2
      if (party.name !== '') sheet.paragraph(party.name, strong, x, right)
      for (const line of partyLines(party, language)) sheet.paragraph(line, body, x, right)
    }),
  )
}

/** What the document comes down to, and the memo below it. */
export function headline(sheet: Sheet, text: string, online: { label: string; url: string } | null): void {
  sheet.y += 26
  sheet.paragraph(text, { size: 15.5, isBold: true })
  if (!online) return
  sheet.y += 4
  const top = sheet.y
  const style = { ...strong, color: accent }
  sheet.line(online.label, style, sheet.left, top)
  const width = sheet.widthOf(online.label, style)
  sheet.doc.link(sheet.left, top, width, leading(style), online.url)
  sheet.doc
    .lineWidth(0.6)
    .strokeColor(accent)
    .moveTo(sheet.left, top + 12.5)
    .lineTo(sheet.left + width, top + 12.5)
    .stroke()
  sheet.y = top + leading(style)
}

/** What stands below the sums: who owes the tax, and the footer. */
export function closing(
  sheet: Sheet,
  { isReverseCharge, footer }: { isReverseCharge: boolean; footer: string | null },
  { words }: Language,
): void {
  if (isReverseCharge) {
    sheet.y += 14
    sheet.paragraph(words.reverseCharge, body)
  }
  if (footer !== null) {
    sheet.y += 14
    sheet.paragraph(footer, soft)
  }
}

export function memo(sheet: Sheet, text: string | null): void {
  if (text === null || text === '') return
  sheet.y += 12
  sheet.paragraph(text, body)
}
