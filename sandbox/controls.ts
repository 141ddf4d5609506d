import type { Engine } from '@/sandbox/engine'
import { jsonReply, type Reply } from '@/sandbox/http/reply'

type Control = (engine: Engine, url: URL, body: string) => unknown

const controls: Record<string, Control> = {
  'GET /_sandbox/health': (engine) => ({
    ok: true,
    now: engine.clock.now(),
    pending_deliveries: engine.deliveries.pending(),
  }),
}

/** Answers the controls, which Stripe does not have: JSON in, JSON out, no key. */
export async function answerControl(engine: Engine, method: string, url: URL, body: string): Promise<Reply> {
  const control = controls[`${method} ${url.pathname}`]
  if (!control) return jsonReply(404, { error: `No control ${method} ${url.pathname}` })
  const result = control(engine, url, body)
  await engine.durable()
  return jsonReply(200, result)
}
