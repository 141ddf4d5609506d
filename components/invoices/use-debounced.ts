'use client'

import { useEffect, useState } from 'react'

/** `value` once it has rested for `milliseconds`, so that a search is not sent for every letter. */
export function useDebounced<T>(value: T, milliseconds = 200): T {
  const [rested, setRested] = useState(value)
  // Outside system: the clock.
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return rested
}
