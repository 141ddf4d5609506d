export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

/** A cookie rather than localStorage: the server writes the theme into <html>, so nothing flashes and no inline script is needed. */
export const THEME_COOKIE = 'duebook-theme'

export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
