import { z } from 'zod'
import { type Control, control, Refusal, readBody } from '@/sandbox/controls/control'
import { switchesOf } from '@/sandbox/settings'

const clockMove = z.union([
  z.strictObject({ advance_seconds: z.int().min(0) }),
  z.strictObject({ to: z.int().min(0) }),
])

/** The world's clock, and the switches that Stripe keeps in its Dashboard. */
export const timeControls: Control[] = [
  control('GET clock', (engine) => ({ now: engine.clock.now() })),
  control('POST clock', async (engine, { body }) => {
    const move = readBody(clockMove, body)
    // What is on its way arrives in the old time.
    await engine.outbox.deliveries.idle()
    const seconds = 'to' in move ? move.to - engine.clock.now() : move.advance_seconds
    if (seconds < 0) throw new Refusal('Time does not go back.')
    return engine.advance(seconds)
  }),
  control('POST clock/run', (engine) => engine.advance(0)),
  control('GET settings', (engine) => switchesOf(engine.store)),
  control('POST settings', (engine, { body }) => engine.changeSwitches(readBody(z.unknown(), body))),
]
