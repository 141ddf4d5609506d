import { cookies } from 'next/headers'
import { parseTheme, THEME_COOKIE, type Theme } from './theme'

/** The theme this browser has chosen. */
export async function readTheme(): Promise<Theme> {
  return parseTheme((await cookies()).get(THEME_COOKIE)?.value)
}
