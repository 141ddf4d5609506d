import { z } from 'zod'
import { type Control, control, readBody } from '@/sandbox/controls/control'

const release = z.strictObject({ order: z.array(z.string()).optional() })

/** What went out to webhook endpoints, and what is held back. */
export const deliveryControls: Control[] = [
  control('GET deliveries', (engine) => engine.attempts),
  control('POST deliveries/release', (engine, { body }) => {
    engine.deliveries.release(readBody(release, body).order)
    return { ok: true }
  }),
]
