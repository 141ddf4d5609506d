import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldReasons } from './field-reasons'

const schema = z.strictObject({
  name: z.string().min(1, 'required'),
  lines: z.array(z.strictObject({ amount: z.string().max(3, 'too_long').regex(/^\d+$/, 'amount') })),
})

/** What next-safe-action makes of a schema's issues, for one issue a path. */
function shaped(input: unknown): object {
  const issues = schema.safeParse(input).error?.issues ?? []
  const errors: Record<string, unknown> = {}
  for (const { path, message } of issues) {
    let at = errors
    for (const key of path) {
      const inner = at[String(key)]
      const next = (typeof inner === 'object' && inner !== null ? inner : {}) as Record<string, unknown>
      at[String(key)] = next
      at = next
    }
    at._errors = [...(Array.isArray(at._errors) ? at._errors : []), message]
  }
  return errors
}

describe('fieldReasons', () => {
  it('gives the first reason of each path', () => {
    const input = { name: '', lines: [{ amount: '12' }, { amount: 'abcd' }] }
    expect(fieldReasons(shaped(input))).toEqual({ name: 'required', 'lines.1.amount': 'too_long' })
  })

  it('has one word for what no schema of ours would say', () => {
    expect(fieldReasons(shaped({ name: 7, lines: 'none', role: 'admin' }))).toEqual({
      '': 'invalid',
      name: 'invalid',
      lines: 'invalid',
    })
  })
})
