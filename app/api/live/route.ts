import { readSessionId } from '@/lib/auth/context'
import { findSession } from '@/lib/auth/sessions'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { log } from '@/lib/log/log'
import { openLiveStream } from '@/lib/sync/live-stream'

/** Tells a signed-in person's browser what has changed, for as long as the session lasts. Carries topics, never data. */
export async function GET(request: Request): Promise<Response> {
  try {
    const sessionId = await readSessionId()
    if (sessionId === null || !(await isOpen(sessionId))) return refuse(401)
    return new Response(
      openLiveStream(request.signal, () => isOpen(sessionId)),
      {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          // No proxy may hold messages back, neither to cache nor to compress them.
          'cache-control': 'private, no-store, no-transform',
          'x-accel-buffering': 'no',
        },
      },
    )
  } catch (error) {
    log.error({ err: error }, 'could not open a live connection')
    return refuse(isDatabaseUnavailable(error) ? 503 : 500)
  }
}

const isOpen = async (sessionId: string) => (await findSession(sessionId, { isActivity: false })) !== null
const refuse = (status: number) => new Response(null, { status, headers: { 'cache-control': 'no-store' } })
