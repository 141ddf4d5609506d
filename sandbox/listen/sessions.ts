import type { WebSocket } from 'ws'
import type { LoggedRequest } from '@/sandbox/http/request-log'
import { apiVersion } from '@/sandbox/http/version'
import { eventFrame, logFrame, readFrame } from '@/sandbox/listen/frames'
import { passes } from '@/sandbox/listen/log-filters'
import { type Feature, type ListenRequest, Session } from '@/sandbox/listen/session'

/** Sessions, and events under way in them, that are remembered; older ones are forgotten. */
const mostSessions = 100
const mostConversations = 1000

type Conversation = { eventId: string; session: Session; version: string | null; started: number }

/** What a CLI said became of an event. `status` is null when it only shows events and forwards none. */
export type Relayed = {
  eventId: string
  sessionId: string
  url: string
  status: number | null
  response: string
  durationMs: number
}

/** The CLIs that listen: `stripe listen` gets events, `stripe logs tail` gets requests. In memory only. */
export class Sessions {
  readonly #sessions = new Map<string, Session>()
  readonly #conversations = new Map<string, Conversation>()
  #conversationsHeld = 0

  /** @param onRelayed hears what came of each event */
  constructor(private readonly onRelayed: (relayed: Relayed) => void) {}

  open(id: string, request: ListenRequest): void {
    this.#sessions.set(id, new Session(id, request))
    forgetOldest(this.#sessions, mostSessions)
  }

  /** The session that a CLI means when it connects, or undefined when it has to begin anew. */
  find(id: string, feature: string | null): Session | undefined {
    const session = this.#sessions.get(id)
    return session?.request.feature === feature ? session : undefined
  }

  connect(session: Session, socket: WebSocket): void {
    session.connect(socket)
    socket.on('message', (data) => this.#hear(String(data)))
    // A broken frame closes the socket by itself; the CLI comes back.
    socket.on('error', () => socket.terminate())
  }

  /** Whether anybody wants events. */
  isHeard(): boolean {
    return this.#of('webhooks').length > 0
  }

  /**
   * Sends an event to all who listen: once as of the account's default version and once as of the latest, because only
   * the CLI knows which of them it drops. @param secret signs it
   */
  relay(eventId: string, payload: string, secret: string): void {
    for (const session of this.#of('webhooks')) {
      for (const version of [null, apiVersion]) {
        const ids = this.#converse({ eventId, session, version, started: performance.now() })
        session.send(eventFrame(payload, secret, version, ids))
      }
    }
  }

  log(request: LoggedRequest): void {
    for (const session of this.#of('request_logs')) {
      if (passes(session.request.filters, request)) session.send(logFrame(request))
    }
  }

  close(): void {
    for (const session of this.#sessions.values()) session.close()
    this.#sessions.clear()
  }

  #converse(conversation: Conversation): { event: string; conversation: string } {
    this.#conversationsHeld += 1
    const id = `wc_${this.#conversationsHeld}`
    this.#conversations.set(id, conversation)
    forgetOldest(this.#conversations, mostConversations)
    return { event: `wh_${this.#conversationsHeld}`, conversation: id }
  }

  #of(feature: Feature): Session[] {
    return [...this.#sessions.values()].filter(({ request }) => request.feature === feature)
  }

  /** A response ends the conversation, an acknowledgement only where nothing is forwarded. */
  #hear(text: string): void {
    const frame = readFrame(text)
    const conversation = frame && this.#conversations.get(frame.webhook_conversation_id)
    if (!conversation) return
    const { eventId, session, started, version } = conversation
    if (frame.type === 'event_ack' && (session.request.forwardTo !== null || version !== null)) return
    this.#conversations.delete(frame.webhook_conversation_id)
    const answered = frame.type === 'webhook_response' ? frame : { forward_url: '', status: null, body: '' }
    this.onRelayed({
      eventId,
      sessionId: session.id,
      url: answered.forward_url,
      status: answered.status,
      response: answered.body,
      durationMs: Math.round(performance.now() - started),
    })
  }
}

function forgetOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
