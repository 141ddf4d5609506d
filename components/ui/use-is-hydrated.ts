'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/**
 * False while the server renders and while the browser takes its markup over, true ever after: for what may have
 * arrived in between and must not differ from the markup.
 */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
