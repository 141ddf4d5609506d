import { describe, expect, test } from 'vitest'
import { editableFields, type InvoiceStatus, type Move, moves } from '@/sandbox/lifecycle'

const statuses: InvoiceStatus[] = ['draft', 'open', 'paid', 'uncollectible', 'void']

/** Stated a second time, so that a slip of the table's pen is seen. */
const allowed: Record<Move, InvoiceStatus[]> = {
  finalize: ['draft'],
  send: ['draft', 'open'],
  pay: ['draft', 'open', 'uncollectible'],
  attach_payment: ['open', 'uncollectible'],
  void: ['open', 'uncollectible'],
  mark_uncollectible: ['open'],
  revise: ['open', 'uncollectible'],
  credit: ['open', 'paid'],
  delete: ['draft'],
  edit: ['draft'],
}

describe.each(Object.entries(allowed) as [Move, InvoiceStatus[]][])('%s', (move, from) => {
  test.each(statuses)('on %s', (status) => {
    const verdict = moves[move][status]
    if (from.includes(status)) expect(verdict).toBe(true)
    else expect(verdict).toMatchObject({ message: expect.stringMatching(/\w+/) })
  })
})

test('void is the end', () => {
  expect(Object.values(moves).filter((verdicts) => verdicts.void === true)).toEqual([])
})

test('a refusal has a code only where Stripe gives one', () => {
  const codes = Object.entries(moves).flatMap(([move, verdicts]) =>
    Object.values(verdicts).flatMap((verdict) =>
      verdict !== true && verdict.code ? [`${move} ${verdict.code}`] : [],
    ),
  )
  expect([...new Set(codes)]).toEqual(['edit invoice_not_editable'])
})

test('metadata may always change, automatic collection only while there is something to collect', () => {
  for (const fields of Object.values(editableFields)) expect(fields).toContain('metadata')
  const advancing = Object.entries(editableFields).filter(([, fields]) => fields.includes('auto_advance'))
  expect(advancing.map(([status]) => status)).toEqual(['open'])
})
