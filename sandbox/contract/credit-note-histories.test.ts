import fc from 'fast-check'
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { taxedInvoice } from '@/sandbox/contract/taxed-invoice'

const sandbox = useSandbox()

/** What a note may be, as parts of what each of two lines has left; `void` takes the note before it back. */
type Step = { parts: [number, number] } | { void: true }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ parts: fc.tuple(fc.nat(100), fc.nat(100)) }) },
  { weight: 1, arbitrary: fc.constant({ void: true as const }) },
)

async function check(stripe: Stripe, id: string): Promise<Stripe.Invoice> {
  const [invoice, notes] = await Promise.all([
    stripe.invoices.retrieve(id),
    stripe.creditNotes.list({ invoice: id, limit: 100 }),
  ])
  const issued = notes.data.filter(({ status }) => status === 'issued')
  const sum = (field: 'total' | 'pre_payment_amount' | 'post_payment_amount') =>
    issued.reduce((all, note) => all + note[field], 0)
  expect(sum('total')).toBeLessThanOrEqual(invoice.total)
  expect(invoice.pre_payment_credit_notes_amount).toBe(sum('pre_payment_amount'))
  expect(invoice.post_payment_credit_notes_amount).toBe(sum('post_payment_amount'))
  expect(invoice.amount_due).toBe(invoice.total - sum('pre_payment_amount'))
  expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid)
  for (const { discount_amount, lines, subtotal, total, total_taxes } of notes.data) {
    const exclusive = (total_taxes ?? []).filter(({ tax_behavior }) => tax_behavior === 'exclusive')
    const gross = lines.data.reduce((all, { amount }) => all + amount, 0)
    expect(subtotal).toBeLessThanOrEqual(gross)
    expect(total).toBe(gross - discount_amount + exclusive.reduce((all, { amount }) => all + amount, 0))
  }
  return invoice
}

/** An invoice and what has been credited of it. */
class History {
  readonly #left: number[]
  readonly #issued: { id: string; took: number[] }[] = []

  constructor(
    private readonly stripe: Stripe,
    readonly invoice: Stripe.Invoice,
  ) {
    this.#left = invoice.lines.data.map(({ amount }) => amount)
  }

  async take(next: Step): Promise<void> {
    if ('void' in next) return this.#voidLast()
    const took = this.#left.map((rest, at) => Math.ceil((rest * (next.parts[at] ?? 0)) / 200))
    // A few cents may be discounted to nothing, which is no note.
    if (took.some((amount) => amount > 20)) await this.credit(took)
  }

  creditRest(): Promise<void> {
    return this.credit([...this.#left])
  }

  async credit(took: number[]): Promise<void> {
    const lines = this.invoice.lines.data.flatMap(({ id }, at): Stripe.CreditNoteCreateParams.Line[] =>
      took[at] ? [{ type: 'invoice_line_item', invoice_line_item: id, amount: took[at] }] : [],
    )
    const preview = await this.stripe.creditNotes.preview({ invoice: this.invoice.id, lines })
    const note = await this.stripe.creditNotes.create({ invoice: this.invoice.id, lines })
    expect(preview.total).toBe(note.total)
    this.#issued.push({ id: note.id, took })
    this.#move(took, -1)
  }

  async #voidLast(): Promise<void> {
    const last = this.#issued.pop()
    if (!last) return
    await this.stripe.creditNotes.voidCreditNote(last.id)
    this.#move(last.took, 1)
  }

  #move(took: number[], sign: 1 | -1): void {
    for (const [at, amount] of took.entries()) this.#left[at] = (this.#left[at] ?? 0) + sign * amount
  }
}

test('whatever is credited and voided on the way, crediting what is left ends at nothing', async () => {
  const { stripe } = sandbox
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
      const history = new History(stripe, await taxedInvoice(stripe))
      for (const next of steps) {
        await history.take(next)
        await check(stripe, history.invoice.id)
      }
      await history.creditRest()
      expect(await check(stripe, history.invoice.id)).toMatchObject({ status: 'paid', amount_due: 0 })
    }),
    { numRuns: 8 },
  )
})
