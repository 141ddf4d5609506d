import type { Plain } from '@/sandbox/contract/schema/schema'

/** What a parameter of this name may be; Stripe's types call all of them text or a number. */
const byName: [RegExp, string][] = [
  // What stays on this side of the product: Stripe Tax is not switched on.
  [/automatic_tax\W*enabled/, 'false'],
  [/currency$/, 'usd'],
  [/country$/, 'US'],
  [/email$/, 'accounts@lumen.example'],
  [/url$|images/, 'https://lumen.example/hook'],
  [/enabled_events/, '*'],
  [/phone$/, '%2B15550100'],
  [/percent/, '10'],
  [/limit$/, '3'],
  [/exp_year$/, '2031'],
  [/version$/, '1'],
  [/query$/, 'status:%22open%22'],
]

/** A well-formed value for a parameter, percent-encoded. @param at its name in bracket form */
export function sampleOf(at: string, schema: Plain): string {
  if (schema.is === 'literal') return String(schema.value)
  const known = byName.find(([name]) => name.test(at.replaceAll(/\[\d*\]|\]/g, '')))
  if (known) return known[1]
  if (schema.is === 'boolean') return 'true'
  return schema.is === 'text' || schema.is === 'anything' ? 'x' : '1'
}
