'use client'

import { useSyncExternalStore } from 'react'

const step = 30_000
const read = () => Math.floor(Date.now() / step) * step

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, step)
  return () => clearInterval(timer)
}

/** The time to half a minute; null while the server renders, whose clock the browser need not share. */
export function useNow(): Date | null {
  const now = useSyncExternalStore<number | null>(subscribe, read, () => null)
  return now === null ? null : new Date(now)
}
