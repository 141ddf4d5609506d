import type { Ctx } from '@/sandbox/context'
import type { Engine } from '@/sandbox/engine'
import { StripeError } from '@/sandbox/http/errors'
import type { FormValue } from '@/sandbox/http/form'
import { createRouter } from '@/sandbox/http/router'
import { endpoints } from '@/sandbox/http/routes'
import type { Company, Made, Params } from '@/sandbox/seed/company'
import { planCompany } from '@/sandbox/seed/plan'

/** Requests between two flushes of the journal, when others get a turn too. */
const batch = 250

/**
 * Gives an empty account the history of a company, through the endpoints that everybody uses and at the moments of the
 * past: what falls due in between happens. Nothing is delivered to webhook endpoints; events of the last 30 days are kept.
 * @returns how many requests it took
 */
export async function seedCompany(engine: Engine, company: Company): Promise<number> {
  const made = new Map<string, string>()
  const idOf: Made = (name) => {
    const id = made.get(name)
    if (id === undefined) throw new Error(`The plan uses ${name} before it makes it`)
    return id
  }
  const steps = planCompany(company, engine.clock.now())
  for (const [index, { at, path, params, as }] of steps.entries()) {
    const id = engine.relive(at, (ctx) => request(ctx, path(idOf), params(idOf)))
    if (as !== undefined) made.set(as, id)
    if (index % batch === 0) await engine.durable()
  }
  await engine.durable()
  // The past has been overwritten many times; the next start need not read it. A rewriting that was under way knows
  // nothing of what has been overwritten since it began, so another one follows it.
  await engine.store.compact()
  await engine.store.compact()
  return steps.length
}

const match = createRouter(endpoints)

/** Answers the id of what the request made or changed; empty for a declined payment, which leaves its traces. */
function request(ctx: Ctx, path: string, params: Params): string {
  const found = match('POST', path)
  if (!found) throw new Error(`There is no POST ${path}`)
  try {
    const answer = found.route.prepare(formOf(params), { strict: true })(ctx, found.path)
    return 'id' in answer && typeof answer.id === 'string' ? answer.id : ''
  } catch (error) {
    if (error instanceof StripeError && error.keepsChanges) return ''
    throw error
  }
}

/** The parameters as a form decodes them. */
function formOf(params: Params): { [key: string]: FormValue } {
  const entries = Object.entries(params).flatMap(([key, value]): [string, FormValue][] => {
    if (value === undefined) return []
    if (Array.isArray(value)) return [[key, value.map(formOf)]]
    return [[key, typeof value === 'object' ? formOf(value) : String(value)]]
  })
  return Object.fromEntries(entries)
}
