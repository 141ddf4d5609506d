'use client'

import { ChevronsUpDown, LogOut } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { useState } from 'react'
import { Menu } from '@/components/ui/menu'
import type { Role } from '@/lib/domain/access'
import { THEME_COOKIE, THEMES, type Theme } from './theme'

const roleWords: Record<Role, string> = {
  viewer: 'Viewer',
  biller: 'Biller',
  admin: 'Admin',
}

const themeWords: Record<Theme, string> = {
  system: 'Theme of the system',
  light: 'Light',
  dark: 'Dark',
}

export type UserMenuProps = {
  user: { name: string; email: string; role: Role }
  theme: Theme
}

/** Who is signed in, in which light, and the way out. */
export function UserMenu({ user, theme: initialTheme }: UserMenuProps) {
  const [theme, setTheme] = useState(initialTheme)

  function handleTheme(next: Theme) {
    setTheme(next)
    applyTheme(next)
  }

  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`${user.name}, account menu`}
          className="flex min-h-10 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover max-md:w-auto"
        >
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-ink font-medium text-paper text-xs"
          >
            {user.name.slice(0, 1).toUpperCase()}
          </span>
          <span className="flex min-w-0 flex-1 flex-col max-md:hidden">
            <span className="truncate font-medium text-sm">{user.name}</span>
            <span className="truncate text-ink-muted text-xs">{roleWords[user.role]}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-muted max-md:hidden" />
        </button>
      }
      items={[
        { kind: 'heading', id: 'who', content: `${user.email} · ${roleWords[user.role]}` },
        { kind: 'separator', id: 'before-theme' },
        ...THEMES.map((choice) => ({
          kind: 'choice' as const,
          label: themeWords[choice],
          isChosen: choice === theme,
          onSelect: () => handleTheme(choice),
        })),
        { kind: 'separator', id: 'before-sign-out' },
        {
          kind: 'action',
          label: 'Sign out',
          icon: <LogOut aria-hidden />,
          onSelect: () => signOut({ callbackUrl: '/sign-in' }),
        },
      ]}
    />
  )
}

function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  const year = 31_536_000
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent on plain http, where a desk may well run.
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${year}; samesite=lax`
}
