import fc from 'fast-check'
import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { invoiceStatuses } from '@/lib/domain/invoice'
import { parseInvoiceStatus } from './parse-invoice'
import { parseInvoicePayment, parsePaymentState } from './parse-invoice-payment'
import { rawJson } from './raw'
import { UnknownValue } from './read'

describe('parseInvoiceStatus', () => {
  it('knows the five statuses and no other', () => {
    for (const status of invoiceStatuses) expect(parseInvoiceStatus(status)).toBe(status)
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!invoiceStatuses.some((status) => status === text))
        expect(() => parseInvoiceStatus(text)).toThrow(UnknownValue)
      }),
    )
    expect(() => parseInvoiceStatus(null)).toThrow(UnknownValue)
  })
})

type Intent = { status: string; last_payment_error?: { message: string } | null; client_secret?: string }

const payment = (intent: Intent | string, isDefault = true) =>
  ({
    id: 'inpay_1',
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: 500,
    created: 1_790_000_000,
    currency: 'eur',
    invoice: 'in_1',
    is_default: isDefault,
    livemode: false,
    payment: {
      type: 'payment_intent',
      payment_intent: typeof intent === 'string' ? intent : { id: 'pi_1', ...intent },
    },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }) as unknown as Stripe.InvoicePayment

const declined = { message: 'Your card was declined.' }

describe('parsePaymentState', () => {
  it.each([
    [{ status: 'requires_payment_method', last_payment_error: null }, 'none', null],
    [{ status: 'requires_payment_method', last_payment_error: declined }, 'failed', declined.message],
    [{ status: 'requires_action' }, 'requires_action', null],
    [{ status: 'processing', last_payment_error: declined }, 'processing', null],
    [{ status: 'succeeded' }, 'none', null],
    [{ status: 'canceled', last_payment_error: declined }, 'none', null],
    [{ status: 'something_new' }, 'none', null],
  ])('%o is %s', (intent, paymentState, paymentError) => {
    expect(parsePaymentState([payment(intent)])).toEqual({ paymentState, paymentError })
  })

  it('is about the default payment only', () => {
    const failed = { status: 'requires_payment_method', last_payment_error: declined }
    expect(parsePaymentState([payment(failed, false), payment({ status: 'succeeded' })]).paymentState).toBe(
      'none',
    )
    expect(parsePaymentState([]).paymentState).toBe('none')
    expect(parsePaymentState([payment('pi_1')]).paymentState).toBe('none')
  })
})

describe('parseInvoicePayment', () => {
  it('keeps no client secret', () => {
    const parsed = parseInvoicePayment(payment({ status: 'processing', client_secret: 'pi_1_secret_abc' }))
    expect(parsed).toMatchObject({ paymentType: 'payment_intent', paymentId: 'pi_1', amountRequested: 500n })
    expect(JSON.stringify(parsed.raw)).not.toContain('secret')
  })
})

describe('rawJson', () => {
  it('holds only what PostgreSQL can hold, and everything of that', () => {
    const unit = fc.oneof(fc.constantFrom('\u0000', '\ud834', '\udd1e', 'ä'), fc.string({ maxLength: 1 }))
    fc.assert(
      fc.property(fc.array(fc.string({ unit }), { maxLength: 5 }), (texts) => {
        const stored = rawJson({ texts }).texts as string[]
        expect(stored).toEqual(texts.map((text) => text.replaceAll('\u0000', '').toWellFormed()))
        for (const text of stored) expect(text).not.toContain('\u0000')
      }),
    )
    expect(rawJson({ a: 'ä\u0000b', n: 1, list: [null, true] })).toEqual({
      a: 'äb',
      n: 1,
      list: [null, true],
    })
  })
})
