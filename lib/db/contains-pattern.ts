import 'server-only'
/** A text as a pattern for `ilike` that finds it anywhere and literally: `%` and `_` are characters like any other. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
