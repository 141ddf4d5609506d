'use client'

import { useEffect } from 'react'

/** Lets the browser ask before a tab with unsaved work is closed or reloaded. */
export function useLeaveWarning(isUnsaved: boolean): void {
  // Outside system: the browser's own navigation.
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}
