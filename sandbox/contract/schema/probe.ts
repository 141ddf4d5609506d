import type { SandboxUnderTest } from '@/sandbox/contract/account'
import type { SdkMethod } from '@/sandbox/contract/schema/methods'
import { hashIn, type Place, pairsOf, placesIn } from '@/sandbox/contract/schema/places'
import type { ObjectSchema } from '@/sandbox/contract/schema/schema'
import { type Refusal, refusalIn, sendComplete } from '@/sandbox/contract/schema/send-complete'

/**
 * What the sandbox makes of a parameter that the SDK has: `read` by a rule, `refused` with a sentence, `unknown`, or
 * `unjudged` when its answer does not tell.
 */
export type Finding = { param: string; verdict: 'read' | 'refused' | 'unknown' | 'unjudged'; message: string }

type Ask = (pairs: readonly string[]) => Promise<Refusal | undefined>

const nobodys = 'nobody_knows_this'

/** Asks for every parameter of a method, at every depth, whether the sandbox knows it. */
export async function probeParams(sandbox: SandboxUnderTest, method: SdkMethod): Promise<Finding[]> {
  const { params, verb } = method
  if (!params) return []
  const path = method.path.replaceAll(/:\w+/g, 'nobody')
  const send = (form: string) =>
    verb === 'POST' ? sandbox.send(verb, path, form) : sandbox.send(verb, `${path}?${form}`)
  const ask: Ask = async (pairs) => refusalIn(await sendComplete(send, params, pairs))
  return probeHash(ask, params, '', [])
}

/** @param around pairs without which the hash would not be read: what it and its parents require */
async function probeHash(
  ask: Ask,
  hash: ObjectSchema,
  at: string,
  around: readonly string[],
): Promise<Finding[]> {
  const fields = placesIn(hash, at)
  const required = [...around, ...fields.filter(({ optional }) => !optional).flatMap(pairsOf)]
  const control = at === '' ? nobodys : `${at}[${nobodys}]`
  const refusal = await ask([...required, `${control}=1`])
  if (refusal?.code !== 'parameter_unknown' || refusal.param !== control) {
    const finding = judge(refusal, at)
    return [finding.verdict === 'read' ? { ...finding, verdict: 'unjudged' } : finding]
  }
  const findings: Finding[] = []
  for (const field of fields) findings.push(...(await probeField(ask, field, required)))
  return findings
}

async function probeField(ask: Ask, field: Place, required: readonly string[]): Promise<Finding[]> {
  const others = required.filter(
    (pair) => !pair.startsWith(`${field.at}=`) && !pair.startsWith(`${field.at}[`),
  )
  const inner = hashIn(field)
  if (inner) return probeHash(ask, inner.hash, inner.at, others)
  return [judge(await ask([...others, ...pairsOf(field)]), field.at)]
}

function judge(refusal: Refusal | undefined, at: string): Finding {
  const { code = '', param = '', message = '' } = refusal ?? {}
  const concerns = at === param || at.startsWith(`${param}[`) || param.startsWith(`${at}[`)
  if (code === 'parameter_unknown') return { param: at, verdict: concerns ? 'unknown' : 'unjudged', message }
  if (code === 'parameter_missing') return { param: at, verdict: 'unjudged', message }
  const isRefused = message.startsWith('The sandbox does not support') || code === 'stripe_tax_inactive'
  return isRefused && concerns
    ? { param, verdict: 'refused', message }
    : { param: at, verdict: 'read', message }
}
