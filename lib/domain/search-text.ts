/** What a person typed into a search box, as PostgreSQL takes it: no NUL, no half of a surrogate pair, not endless. */
export function searchText(typed: string): string {
  return typed.replaceAll('\u0000', '').toWellFormed().trim().slice(0, 200).toWellFormed()
}
