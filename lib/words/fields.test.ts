import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { createPriceInput, createProductInput } from '@/lib/domain/catalog-input'
import { createCustomerInput } from '@/lib/domain/customer-input'
import { createUserInput } from '@/lib/domain/user-input'
import { fieldSentence } from './fields'

const operationId = '00000000-0000-4000-8000-000000000000'

function reasons(schema: z.ZodType, input: unknown): Record<string, string> {
  const issues = schema.safeParse(input).error?.issues ?? []
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]))
}

describe('field reasons', () => {
  it.each([
    [createProductInput, { operationId, name: ' ' }, { name: 'required' }],
    [createProductInput, { operationId, name: 'x'.repeat(251) }, { name: 'too_long' }],
    [createProductInput, { operationId, name: 'a\u202eb' }, { name: 'characters' }],
    [
      createProductInput,
      { operationId, name: 'x', price: { currency: 'jpy', amount: '10.5' } },
      { 'price.amount': 'amount_too_precise' },
    ],
    [
      createPriceInput,
      { operationId, productId: 'in_1', currency: 'zzz', amount: '1e3', isDefault: true },
      { productId: 'id', currency: 'currency' },
    ],
    [
      createCustomerInput,
      { operationId, name: 'a\nb', email: 'a@b.example, c@d.example' },
      { name: 'one_line', email: 'email' },
    ],
    [createCustomerInput, { operationId: 'again', name: 'x' }, { operationId: 'operation_id' }],
    [
      createUserInput,
      { email: 'x', name: '', role: 'viewer', password: 'short' },
      { email: 'email', name: 'required', password: 'password_short' },
    ],
  ])(
    'of %# reach the field that they are about, each with a sentence of its own',
    (schema, input, expected) => {
      const given = reasons(schema, input)
      expect(given).toMatchObject(expected)
      for (const reason of Object.values(given))
        expect(fieldSentence(reason)).not.toBe(fieldSentence('invalid'))
    },
  )

  it('have a sentence even when nobody foresaw them', () => {
    expect(fieldSentence('Invalid input: expected string, received undefined')).toBe('Check this value.')
    expect(fieldSentence('constructor')).toBe('Check this value.')
  })
})
