import { z } from 'zod'
import { type Control, control, readBody } from '@/sandbox/controls/control'
import { switchesOf } from '@/sandbox/settings'
import { isEmpty } from '@/sandbox/time-keeper'

const seconds = z.int().min(0).max(99_999_999_999)
const clockMove = z.union([z.strictObject({ advance_seconds: seconds }), z.strictObject({ to: seconds })])

/** The world's clock, and the switches that Stripe keeps in its Dashboard. */
export const timeControls: Control[] = [
  control('GET clock', (engine) => ({ now: engine.clock.now(), empty: isEmpty(engine.store) })),
  control('POST clock', (engine, { body }) => {
    const move = readBody(clockMove, body)
    return engine.time.turn('to' in move ? move : { by: move.advance_seconds })
  }),
  control('POST clock/run', (engine) => engine.time.turn({ by: 0 })),
  control('GET settings', (engine) => switchesOf(engine.store)),
  control('POST settings', (engine, { body }) => engine.changeSwitches(readBody(z.unknown(), body))),
]
