import Link from 'next/link'
import type { ReactNode } from 'react'
import { LiveUpdates } from './live-updates'
import { Navigation } from './navigation'
import { Providers } from './providers'
import { readTheme } from './read-theme'
import { UserMenu, type UserMenuProps } from './user-menu'
import { Wordmark } from './wordmark'

/** Which Stripe the desk writes to. Anything but `live` is said on every page. */
export type StripeMode = 'live' | 'test' | 'sandbox'

const modeWords: Record<Exclude<StripeMode, 'live'>, string> = {
  test: 'Test mode · no real money',
  sandbox: 'Sandbox · no real money',
}

export type DeskFrameProps = {
  children: ReactNode
  /** The billing entity's IANA zone. */
  timeZone: string
  mode: StripeMode
} & Pick<UserMenuProps, 'user'>

/** Everything around a page of the desk: providers, navigation, live updates, and the page's own main region. */
export async function DeskFrame({ children, timeZone, mode, user }: DeskFrameProps) {
  const theme = await readTheme()
  return (
    <Providers timeZone={timeZone}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-ink text-paper focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <div className="grid min-h-dvh grid-cols-[13rem_minmax(0,1fr)] max-md:grid-cols-[minmax(0,1fr)] max-md:grid-rows-[auto_1fr] max-md:pb-14">
        <aside className="sticky top-0 flex h-dvh flex-col gap-5 border-r px-3 py-4 max-md:static max-md:h-12 max-md:flex-row max-md:items-center max-md:justify-between max-md:border-r-0 max-md:border-b max-md:px-2 max-md:py-0">
          <Link href="/" aria-label="Duebook, overview" className="rounded-md px-2">
            <Wordmark />
          </Link>
          <div className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:border-t max-md:bg-paper">
            <Navigation />
          </div>
          <div className="mt-auto flex flex-col gap-2 max-md:mt-0 max-md:flex-row max-md:items-center">
            {mode !== 'live' && (
              <p className="whitespace-nowrap rounded-sm bg-warning-wash px-2 py-1 text-warning text-xs">
                {modeWords[mode]}
              </p>
            )}
            <UserMenu user={user} theme={theme} />
          </div>
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 outline-none">
          <LiveUpdates />
          {children}
        </main>
      </div>
    </Providers>
  )
}
