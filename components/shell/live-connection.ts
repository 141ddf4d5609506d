/** `late`: has been trying to come back for longer than a blink. */
export type LiveState = 'live' | 'late'

export type LiveHandlers = {
  onMessage: (data: string) => void
  onHealth: (data: string) => void
  /** Back after a gap in which changes may have been missed. */
  onResume: () => void
  onState: (state: LiveState) => void
}

const firstWait = 1_000
const longestWait = 30_000
/** Reached some seven seconds after the loss; a restart of the server passes unnoticed. */
const failuresUntilLate = 4

/**
 * Keeps one stream of server-sent events open while the tab is in sight, and returns what closes it. EventSource gives
 * up for good on an HTTP error, so coming back is done here: after 1, 2, 4 … 30 seconds, with jitter. A hidden tab lets go,
 * because browsers allow six connections per host over HTTP/1.1 and a seventh open tab would hang.
 */
export function connectLive(url: string, handlers: LiveHandlers): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let hasGap = false

  function open() {
    const stream = new EventSource(url)
    source = stream
    stream.onopen = () => {
      failures = 0
      handlers.onState('live')
      if (hasGap) handlers.onResume()
      hasGap = false
    }
    stream.onmessage = (event: MessageEvent<string>) => handlers.onMessage(event.data)
    stream.addEventListener('server-health', (event: MessageEvent<string>) => handlers.onHealth(event.data))
    stream.onerror = () => {
      letGo()
      failures += 1
      if (failures === failuresUntilLate) handlers.onState('late')
      const wait = Math.min(longestWait, firstWait * 2 ** (failures - 1))
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2))
    }
  }

  function letGo() {
    clearTimeout(timer)
    source?.close()
    source = null
    hasGap = true
  }

  function handleVisibility() {
    if (document.visibilityState === 'hidden') letGo()
    else if (source === null) {
      clearTimeout(timer)
      open()
    }
  }

  document.addEventListener('visibilitychange', handleVisibility)
  if (document.visibilityState === 'visible') open()
  return () => {
    document.removeEventListener('visibilitychange', handleVisibility)
    letGo()
  }
}
