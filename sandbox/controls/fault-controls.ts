import { z } from 'zod'
import { type Control, control, readBody } from '@/sandbox/controls/control'

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

/** Misfortunes for requests and for deliveries: planted, seen, lifted. */
export const faultControls: Control[] = [
  control('GET faults', (engine) => engine.faults.requests()),
  control('POST faults', (engine, { body }) => {
    const { method = null, code = null, count: left = null, ...rest } = readBody(requestFault, body)
    return engine.faults.plant({ ...rest, method, code, left })
  }),
  control('DELETE faults', (engine) => {
    engine.faults.clearRequests()
    return { ok: true }
  }),
  control('GET delivery-faults', (engine) => engine.faults.deliveries()),
  control('POST delivery-faults', (engine, { body }) => {
    const { count: left = null, ...rest } = readBody(deliveryFault, body)
    return engine.faults.plantDelivery({ ...rest, left })
  }),
  control('DELETE delivery-faults', (engine) => {
    engine.faults.clearDeliveries()
    return { ok: true }
  }),
]
