/** Scripts without spaces break between any two characters, but never before closing punctuation. */
const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][、。，．）」』】！？：；]*|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー \t]+|[ \t]+/gu

/**
 * Breaks a paragraph at spaces, and inside a word that is wider than a line. An empty paragraph is an empty line.
 * @param fits whether a line is narrow enough
 */
export function breakLines(paragraph: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of paragraph.match(pieces) ?? []) {
    const longer = line + (piece.trim() === '' ? ' ' : piece)
    if (fits(longer.trimEnd())) {
      line = longer
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    line = ''
    for (const character of piece.trim()) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line.trimEnd()]
}
