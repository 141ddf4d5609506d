import 'server-only'
import { changesChannel, type Noun } from '@/lib/db/changes'
import { type Listener, listen } from '@/lib/db/listen'
import { log } from '@/lib/log/log'
import { syncHealth } from './sync-summary'

/** A named or unnamed server-sent event, as it goes over the wire. */
type Send = (frame: string) => void

type Hub = {
  readers: Set<Send>
  ears: Promise<Listener> | undefined
  pending: Set<string>
  timer: NodeJS.Timeout | undefined
}

// Next bundles route handlers apart from each other; the process shall listen once.
const shared = globalThis as typeof globalThis & { duebookLiveHub?: Hub }

/** Long enough that a burst of changes becomes one message, short enough that nobody notices. */
const gatherFor = 50
const everything: Noun[] = ['invoices', 'customers', 'catalog', 'overview', 'sync']

/**
 * Sends the present health of the connection to Stripe and then, until the returned function is called, what changes:
 * `{"topics": […]}`, and `server-health` events. However many subscribe, the process listens on one connection.
 */
export async function subscribe(send: Send): Promise<() => void> {
  const hub = currentHub()
  // Who hears anything believes that nothing after it is missed, so a message that was under way must not come first.
  let isListening = false
  const reader: Send = (frame) => {
    if (isListening) send(frame)
  }
  hub.readers.add(reader)
  const leave = () => {
    hub.readers.delete(reader)
    if (hub.readers.size === 0) void fallSilent(hub)
  }
  try {
    hub.ears ??= listen(
      changesChannel,
      (payload) => gather(hub, readTopics(payload)),
      () => gather(hub, everything),
    )
    await hub.ears
    isListening = true
    send(await healthFrame())
  } catch (error) {
    leave()
    throw error
  }
  return leave
}

function currentHub(): Hub {
  shared.duebookLiveHub ??= { readers: new Set(), ears: undefined, pending: new Set(), timer: undefined }
  return shared.duebookLiveHub
}

async function fallSilent(hub: Hub): Promise<void> {
  const ears = hub.ears
  hub.ears = undefined
  clearTimeout(hub.timer)
  hub.timer = undefined
  hub.pending.clear()
  await ears?.then(
    (listener) => listener.close(),
    () => {},
  )
}

function gather(hub: Hub, topics: string[]): void {
  for (const topic of topics) hub.pending.add(topic)
  hub.timer ??= setTimeout(() => void pass(hub), gatherFor)
}

async function pass(hub: Hub): Promise<void> {
  hub.timer = undefined
  const topics = [...hub.pending]
  hub.pending.clear()
  broadcast(hub, `data: ${JSON.stringify({ topics })}\n\n`)
  if (!topics.includes('sync')) return
  try {
    broadcast(hub, await healthFrame())
  } catch (error) {
    log.warn({ err: error }, 'could not read the health of the synchronization')
  }
}

function broadcast(hub: Hub, frame: string): void {
  for (const send of hub.readers) send(frame)
}

async function healthFrame(): Promise<string> {
  const { stripe } = await syncHealth()
  const health = { stripe: stripe.state === 'unreachable' ? 'unreachable' : 'ok', since: stripe.since }
  return `event: server-health\ndata: ${JSON.stringify(health)}\n\n`
}

function readTopics(payload: string): string[] {
  const { topics }: { topics: string[] } = JSON.parse(payload)
  return topics
}
