import type { Answer } from '@/sandbox/contract/account'
import { pairsOf, placeAt } from '@/sandbox/contract/schema/places'
import type { ObjectSchema } from '@/sandbox/contract/schema/schema'

/** The `error` of a refusal. */
export type Refusal = { code?: string; param?: string; message: string }

export function refusalIn({ json }: Answer): Refusal | undefined {
  return json.error as Refusal | undefined
}

/**
 * Sends pairs of a form, and whatever else the sandbox says is missing: it says nothing about the rest before it has
 * that.
 */
export async function sendComplete(
  send: (form: string) => Promise<Answer>,
  params: ObjectSchema,
  pairs: readonly string[],
): Promise<Answer> {
  const all = [...pairs]
  for (;;) {
    const answer = await send(all.join('&'))
    const refusal = refusalIn(answer)
    if (refusal?.code !== 'parameter_missing' || refusal.param === undefined) return answer
    const missing = placeAt(params, refusal.param)
    const added = missing ? pairsOf(missing).filter((pair) => !all.includes(pair)) : []
    if (added.length === 0) return answer
    all.push(...added)
  }
}
