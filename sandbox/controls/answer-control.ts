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
 * Runs a control.
 * @param query what was asked of it beside its path and its body
 * @throws what `refusalOf` explains
 */
export async function runControl(
  engine: Engine,
  method: string,
  path: string,
  body: string,
  query = new URLSearchParams(),
): Promise<unknown> {
  const found = match(method, path)
  if (!found) throw new NothingThere(`There is no control ${method} ${path}.`)
  const [id, child] = found.path
  const result = await found.route.run(engine, { id, child, query, body })
  await engine.durable()
  return result
}

/** The sentence of a refusal and its status; undefined for what is a defect. */
export function refusalOf(error: unknown): { status: 400 | 404; sentence: string } | undefined {
  if (error instanceof NothingThere) return { status: 404, sentence: error.message }
  if (error instanceof Refusal) return { status: 400, sentence: error.message }
  if (error instanceof z.ZodError) return { status: 400, sentence: z.prettifyError(error) }
  if (error instanceof SyntaxError) return { status: 400, sentence: 'The body is not JSON.' }
  return undefined
}

/**
 * Answers the controls, which Stripe does not have: JSON in, JSON out, no key needed. What is wrong with a request
 * is answered with 400 and a sentence.
 */
export async function answerControl(engine: Engine, method: string, url: URL, body: string): Promise<Reply> {
  try {
    const result = await runControl(engine, method, url.pathname, body, url.searchParams)
    return result instanceof Rendered ? result.reply : jsonReply(200, result)
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    return jsonReply(refusal.status, { error: refusal.sentence })
  }
}
