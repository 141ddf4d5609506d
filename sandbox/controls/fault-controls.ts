import { z } from 'zod'
import { type Control, control, NothingThere, readBody } from '@/sandbox/controls/control'
import type { Engine } from '@/sandbox/engine'
import type { FaultBook, Planted } from '@/sandbox/faults/fault-book'

const often = {
  count: z.int().positive().nullish(),
  probability: z.number().positive().max(1).default(1),
}
const delayMs = z.int().min(0).max(600_000).default(1000)

/** What may be planted for requests. */
export const requestFault = z.strictObject({
  ...often,
  method: z.enum(['GET', 'POST', 'DELETE']).nullable().default(null),
  path: z.string().startsWith('/'),
  key: z.string().min(1).nullable().default(null),
  effect: z.enum([
    'status_before',
    'status_after',
    'reset_before',
    'reset_after',
    'hang',
    'slow',
    'slow_body',
    'invalid_json',
  ]),
  status: z.int().min(400).max(599).default(500),
  code: z.string().nullable().default(null),
  message: z.string().nullable().default(null),
  reason: z
    .enum(['global-rate', 'endpoint-rate', 'global-concurrency', 'endpoint-concurrency', 'resource-specific'])
    .nullable()
    .default(null),
  shouldRetry: z.boolean().nullable().default(null),
  delayMs,
})

/** What may be planted for deliveries. */
export const deliveryFault = z.strictObject({
  ...often,
  types: z.array(z.string()).min(1).default(['*']),
  endpoint: z.string().nullable().default(null),
  effect: z.enum(['drop', 'duplicate', 'delay', 'hold', 'reorder', 'wrong_secret', 'api_version']),
  delayMs,
  size: z.int().min(2).max(1000).default(2),
  apiVersion: z.string().min(1).default('2020-08-27'),
})

/** The controls that every kind of fault has; `plant` reads a fault and plants it. */
function bookControls<F extends Planted>(
  name: string,
  bookOf: (engine: Engine) => FaultBook<F>,
  plant: (book: FaultBook<F>, body: string) => F,
): Control[] {
  return [
    control(`GET ${name}`, (engine) => bookOf(engine).all()),
    control(`POST ${name}`, (engine, { body }) => plant(bookOf(engine), body)),
    control(`DELETE ${name}`, (engine) => {
      bookOf(engine).clear()
      return { ok: true }
    }),
    control(`DELETE ${name}/:id`, (engine, { id }) => {
      if (!bookOf(engine).lift(id)) throw new NothingThere(`There is no fault ${id}.`)
      return { ok: true }
    }),
  ]
}

/** Misfortunes for requests and for deliveries: planted, seen, lifted. */
export const faultControls: Control[] = [
  ...bookControls(
    'faults',
    (engine) => engine.requestFaults,
    (book, body) => {
      const { count = null, ...fault } = readBody(requestFault, body)
      return book.plant({ ...fault, left: count })
    },
  ),
  ...bookControls(
    'delivery-faults',
    (engine) => engine.outbox.faults,
    (book, body) => {
      const { count = null, ...fault } = readBody(deliveryFault, body)
      return book.plant({ ...fault, left: count })
    },
  ),
]
