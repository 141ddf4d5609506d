import { z } from 'zod'
import { NothingThere, Refusal, Rendered } from '@/sandbox/controls/control'
import { deliveryControls } from '@/sandbox/controls/delivery-controls'
import { faultControls } from '@/sandbox/controls/fault-controls'
import { mailControls } from '@/sandbox/controls/mail-controls'
import { seedControls } from '@/sandbox/controls/seed-controls'
import { snapshotControls } from '@/sandbox/controls/snapshot-controls'
import { stateControls } from '@/sandbox/controls/state-controls'
import { templateControls } from '@/sandbox/controls/template-controls'
import { timeControls } from '@/sandbox/controls/time-controls'
import type { Engine } from '@/sandbox/engine'
import { jsonReply, type Reply } from '@/sandbox/http/reply'
import { createRouter } from '@/sandbox/http/router'

const match = createRouter([
  ...stateControls,
  ...faultControls,
  ...deliveryControls,
  ...mailControls,
  ...timeControls,
  ...seedControls,
  ...snapshotControls,
  ...templateControls,
])

/**
 * Answers the controls, which Stripe does not have: JSON in, JSON out, no key needed. What is wrong with a request
 * is answered with 400 and a sentence.
 */
export async function answerControl(engine: Engine, method: string, url: URL, body: string): Promise<Reply> {
  const found = match(method, url.pathname)
  if (!found) return jsonReply(404, { error: `There is no control ${method} ${url.pathname}.` })
  try {
    const [id, child] = found.path
    const result = await found.route.run(engine, { id, child, query: url.searchParams, body })
    await engine.durable()
    return result instanceof Rendered ? result.reply : jsonReply(200, result)
  } catch (error) {
    if (error instanceof NothingThere) return jsonReply(404, { error: error.message })
    if (error instanceof Refusal) return jsonReply(400, { error: error.message })
    if (error instanceof z.ZodError) return jsonReply(400, { error: z.prettifyError(error) })
    if (error instanceof SyntaxError) return jsonReply(400, { error: 'The body is not JSON.' })
    throw error
  }
}
