import { z } from 'zod'
import { nobody } from '@/sandbox/context'
import { type Control, control, NothingThere, readBody } from '@/sandbox/controls/control'
import { payloadOf } from '@/sandbox/events'
import { attemptsOf } from '@/sandbox/webhooks/note-attempt'
import { longestRoll, rolled } from '@/sandbox/webhooks/signing-secrets'

const release = z.strictObject({ order: z.array(z.string()).optional() })
const roll = z.strictObject({ expires_in: z.int().min(0).max(longestRoll).default(longestRoll) })

/** What went out to webhook endpoints, what is held back, and the secrets that sign. */
export const deliveryControls: Control[] = [
  control('GET deliveries', ({ store }, { query }) => {
    const [event, endpoint] = [query.get('event') ?? undefined, query.get('endpoint') ?? undefined]
    return attemptsOf(store, { event, endpoint }).map((attempt) => {
      const event = store.get('events', attempt.eventId)
      const payload = event ? payloadOf(event, attempt.apiVersion) : null
      return { ...attempt, type: event?.type ?? null, payload }
    })
  }),
  control('POST deliveries/release', ({ outbox }, { body }) => {
    outbox.deliveries.release(readBody(release, body).order)
    return { ok: true }
  }),
  control('POST webhook_endpoints/:id/roll', (engine, { id, body }) => {
    const { expires_in: expiresIn } = readBody(roll, body)
    return engine.transact(nobody, (ctx) => {
      const endpoint = ctx.store.get('webhookEndpoints', id)
      if (!endpoint) throw new NothingThere(`There is no webhook endpoint ${id}.`)
      const next = rolled(endpoint, `whsec_${ctx.newToken(32)}`, ctx.worldNow, expiresIn)
      ctx.store.put('webhookEndpoints', next)
      return { id, secret: next.secret, old_secret_expires: next.oldSecret?.expires ?? null }
    })
  }),
]
