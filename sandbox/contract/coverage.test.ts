import { afterAll, describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { outside, resources } from '@/sandbox/contract/coverage'
import { methodsOf, type SdkMethod } from '@/sandbox/contract/schema/methods'
import { type Finding, probeParams } from '@/sandbox/contract/schema/probe'
import { refusalIn } from '@/sandbox/contract/schema/send-complete'

const sandbox = useSandbox()

const methods = resources.flatMap(methodsOf)
const findings = new Map<string, Finding[]>()

/** The sentence with which the sandbox says that it has no such endpoint, if it has none. */
async function absence({ verb, path }: SdkMethod): Promise<string | undefined> {
  const answer = await sandbox.send(verb, path.replaceAll(/:\w+/g, 'nobody'))
  const message = refusalIn(answer)?.message ?? ''
  return /^(Unrecognized request URL|The sandbox does not support (GET|POST|DELETE))/.exec(message)?.[0]
}

const isOutside = (name: string) => outside.some(({ is }) => is.test(name))

/** What of a method is neither there nor refused for a reason. */
async function gapsOf(method: SdkMethod): Promise<string[]> {
  const sentence = await absence(method)
  if (sentence !== undefined) {
    const isSaid = sentence.startsWith('The sandbox') && isOutside(method.name)
    findings.set(method.name, [{ param: '', verdict: isSaid ? 'refused' : 'unknown', message: sentence }])
    return isSaid ? [] : [method.name]
  }
  const found = await probeParams(sandbox, method)
  findings.set(method.name, found)
  return found
    .filter(
      ({ verdict, param }) =>
        verdict !== 'read' && !(verdict === 'refused' && isOutside(`${method.name} ${param}`)),
    )
    .map(({ param }) => `${method.name} ${param}`)
}

describe("the SDK's methods, with every parameter they have", () => {
  test.each(methods.map((method) => [method.name, method] as const))('%s', async (_, method) => {
    expect(await gapsOf(method)).toEqual([])
  })
})

test('every reason to leave something out is still needed', () => {
  const refused = [...findings].flatMap(([name, found]) =>
    found.filter(({ verdict }) => verdict === 'refused').map(({ param }) => `${name} ${param}`.trim()),
  )
  const idle = outside.filter(({ is }) => !refused.some((name) => is.test(name)))
  expect(idle.map(({ because }) => because)).toEqual([])
})

test('Stripe Tax is refused by its code', async () => {
  const { id } = await sandbox.stripe.customers.create({})
  const answer = await sandbox.send('POST', '/v1/invoices', `customer=${id}&automatic_tax[enabled]=true`)
  expect([answer.status, refusalIn(answer)?.code]).toEqual([400, 'stripe_tax_inactive'])
})

afterAll(() => {
  const all = [...findings.values()].flat()
  const count = (verdict: Finding['verdict']) => all.filter((finding) => finding.verdict === verdict).length
  process.stdout.write(
    `${findings.size} methods of the SDK: ${count('read')} parameters read, ${count('refused')} refused with a sentence\n`,
  )
})
