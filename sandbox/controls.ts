import { z } from 'zod'
import { type Engine, nobody } from '@/sandbox/engine'
import { jsonReply, type Reply } from '@/sandbox/http/reply'
import { runSchedule } from '@/sandbox/resources/invoice-schedule'

type Control = (engine: Engine, url: URL, body: string) => unknown

const count = z.int().positive().optional()
const delayMs = z.int().min(0).max(600_000).default(1000)

const requestFault = z.strictObject({
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
  path: z.string().startsWith('/'),
  count,
  effect: z.enum(['status_before', 'status_after', 'reset_before', 'reset_after', 'hang', 'slow']),
  status: z.int().min(400).max(599).default(500),
  code: z.string().optional(),
  delayMs,
})

const deliveryFault = z.strictObject({
  types: z.array(z.string()).min(1).default(['*']),
  count,
  effect: z.enum(['drop', 'duplicate', 'delay', 'hold']),
  delayMs,
})

const release = z.strictObject({ order: z.array(z.string()).optional() })

const clockMove = z.union([
  z.strictObject({ advance_seconds: z.int().min(0) }),
  z.strictObject({ to: z.int().min(0) }),
])

/** Every control by method and path; lists are bare arrays, oldest first. */
const controls: Record<string, Control> = {
  'GET /_sandbox/health': (engine) => ({
    ok: true,
    account: engine.accountId,
    directory: engine.directory,
    now: engine.clock.now(),
    pendingDeliveries: engine.deliveries.pending(),
  }),
  'POST /_sandbox/reset': (engine) => {
    engine.reset()
    return { ok: true }
  },
  'GET /_sandbox/ledger': (engine, { searchParams }) => {
    const [path, key] = [searchParams.get('path'), searchParams.get('key')]
    return [...engine.store.table('ledger').all()].filter(
      (entry) => (path === null || entry.path === path) && (key === null || entry.idempotencyKey === key),
    )
  },
  'GET /_sandbox/faults': (engine) => engine.faults.requests(),
  'POST /_sandbox/faults': (engine, _, body) => {
    const { method = null, code = null, count: left = null, ...rest } = requestFault.parse(JSON.parse(body))
    return engine.faults.plant({ ...rest, method, code, left })
  },
  'DELETE /_sandbox/faults': (engine) => {
    engine.faults.clearRequests()
    return { ok: true }
  },
  'GET /_sandbox/delivery-faults': (engine) => engine.faults.deliveries(),
  'POST /_sandbox/delivery-faults': (engine, _, body) => {
    const { count: left = null, ...rest } = deliveryFault.parse(JSON.parse(body))
    return engine.faults.plantDelivery({ ...rest, left })
  },
  'DELETE /_sandbox/delivery-faults': (engine) => {
    engine.faults.clearDeliveries()
    return { ok: true }
  },
  'GET /_sandbox/deliveries': (engine) => engine.attempts,
  'POST /_sandbox/deliveries/release': (engine, _, body) => {
    engine.deliveries.release(release.parse(JSON.parse(body === '' ? '{}' : body)).order)
    return { ok: true }
  },
  'GET /_sandbox/clock': (engine) => ({ now: engine.clock.now() }),
  'POST /_sandbox/clock': (engine, _, body) => {
    const move = clockMove.parse(JSON.parse(body))
    engine.moveClock('to' in move ? move.to - engine.clock.now() : move.advance_seconds)
    runSchedule((work) => engine.transact(nobody, work))
    return { now: engine.clock.now() }
  },
  'GET /_sandbox/mail': (engine) => [...engine.store.table('mails').all()],
}

/**
 * Answers the controls, which Stripe does not have: JSON in, JSON out, no key needed. What is wrong with a request
 * is answered with 400 and a sentence.
 */
export async function answerControl(engine: Engine, method: string, url: URL, body: string): Promise<Reply> {
  const name = `${method} ${url.pathname}`
  const control = Object.hasOwn(controls, name) ? controls[name] : undefined
  if (!control) return jsonReply(404, { error: `There is no control ${name}.` })
  try {
    const result = control(engine, url, body)
    await engine.durable()
    return jsonReply(200, result)
  } catch (error) {
    if (error instanceof z.ZodError) return jsonReply(400, { error: z.prettifyError(error) })
    if (error instanceof SyntaxError) return jsonReply(400, { error: 'The body is not JSON.' })
    throw error
  }
}
