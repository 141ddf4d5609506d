import type { WebSocket } from 'ws'
import type { LogFilters } from '@/sandbox/listen/log-filters'

export type Feature = 'webhooks' | 'request_logs'

/** What a CLI asks for when it begins to listen. */
export type ListenRequest = {
  feature: Feature
  /** Where the CLI forwards events to; null when it only shows them. */
  forwardTo: string | null
  filters: LogFilters
}

/** Frames that are kept for a CLI that is about to come back. */
const mostWaiting = 1000

/**
 * One CLI that listens. It connects anew from time to time; what happens in between waits for it, once it has been
 * there at all.
 */
export class Session {
  #socket: WebSocket | undefined
  #hasConnected = false
  #waiting: string[] = []

  constructor(
    readonly id: string,
    readonly request: ListenRequest,
  ) {}

  connect(socket: WebSocket): void {
    this.#socket?.close(1000)
    this.#socket = socket
    this.#hasConnected = true
    for (const frame of this.#waiting.splice(0)) socket.send(frame)
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined
    })
  }

  send(message: object): void {
    const frame = JSON.stringify(message)
    if (this.#socket) this.#socket.send(frame)
    else if (this.#hasConnected) {
      this.#waiting.push(frame)
      if (this.#waiting.length > mostWaiting) this.#waiting.shift()
    }
  }

  close(): void {
    this.#socket?.terminate()
  }
}
