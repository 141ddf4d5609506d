import { z } from 'zod'
import { type Control, control, Refusal, readBody } from '@/sandbox/controls/control'
import { isCurrency } from '@/sandbox/currencies'
import { seedCompany } from '@/sandbox/seed/seed-company'
import { isEmpty } from '@/sandbox/time-keeper'

const currency = z.string().refine(isCurrency, 'There is no such currency.')
const weight = z.int().min(0).max(1000)

const company = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  customers: z.int().min(1).max(20_000).default(40),
  invoices: z.int().min(0).max(200_000).default(400),
  months: z.int().min(1).max(60).default(12),
  currencies: z.tuple([currency], currency).default(['usd', 'eur']),
  states: z
    .strictObject({
      draft: weight.default(4),
      open: weight.default(10),
      past_due: weight.default(6),
      paid: weight.default(76),
      void: weight.default(2),
      uncollectible: weight.default(2),
    })
    .refine((weights) => Object.values(weights).some((each) => each > 0), 'At least one weight is positive.')
    .prefault({}),
})

/** A believable company for an account that is empty. */
export const seedControls: Control[] = [
  control('POST seed', async (engine, { body }) => {
    const wanted = readBody(company, body)
    const { store } = engine
    if (!isEmpty(store)) {
      throw new Refusal('Only an empty account can be seeded: reset the sandbox first.')
    }
    const requests = await engine.alone(() => seedCompany(engine, wanted))
    return { ok: true, requests, invoices: store.table('invoices').size }
  }),
]
