'use client'

import { useEffect, useRef, useState } from 'react'

/** `blocked`: the browser refuses (plain http on another host); the caller shows the text to be selected by hand. */
export type CopyState = 'idle' | 'copied' | 'blocked'

const visibleFor = 2_000

/** Copies to the clipboard and says for two seconds how it went. */
export function useCopy(): { state: CopyState; copy: (text: string) => Promise<void> } {
  const [state, setState] = useState<CopyState>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  async function copy(text: string) {
    clearTimeout(timer.current)
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('blocked')
    }
    timer.current = setTimeout(() => setState('idle'), visibleFor)
  }

  return { state, copy }
}
