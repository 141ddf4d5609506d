import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CardForm, cardByNumber, cardByToken, checkCardForm } from '@/sandbox/cards'

const NOW = Date.UTC(2026, 10, 24) / 1000
const GOOD: CardForm = { number: '4242 4242 4242 4242', expMonth: '12', expYear: '34', cvc: '123' }

describe('the table', () => {
  test('knows a card by token and by number', () => {
    expect(cardByToken('pm_card_visa')).toMatchObject({ last4: '4242', brand: 'visa', country: 'US' })
    expect(cardByNumber('4242424242424242')).toBe(cardByToken('pm_card_visa'))
    expect(cardByToken('pm_card_unheard_of')).toBeUndefined()
    expect(cardByToken('')).toBeUndefined()
  })

  test('the declined family cannot even be saved', () => {
    expect(cardByToken('pm_card_visa_chargeDeclinedInsufficientFunds')?.attach).toEqual({
      kind: 'decline',
      code: 'card_declined',
      declineCode: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    })
  })

  test('chargeCustomerFail saves and then declines', () => {
    const card = cardByToken('pm_card_chargeCustomerFail')
    expect(card?.attach).toEqual({ kind: 'ok' })
    expect(card?.charge).toMatchObject({ kind: 'decline', declineCode: 'generic_decline' })
    expect(card?.onSession).toEqual(card?.charge)
  })

  test('a 3-D Secure card saves and then asks for its holder', () => {
    expect(cardByNumber('4000000000003220')).toMatchObject({
      token: 'pm_card_threeDSecure2Required',
      attach: { kind: 'ok' },
      charge: { kind: 'authenticate' },
      onSession: { kind: 'authenticate' },
    })
  })
})

describe('the card form', () => {
  test('reads spaces, dashes and two- or four-digit years', () => {
    expect(checkCardForm(GOOD, NOW)).toMatchObject({ ok: true, expMonth: 12, expYear: 2034 })
    const spelled = { number: '4242-4242-4242-4242', expMonth: ' 1', expYear: '2034 ', cvc: ' 123 ' }
    expect(checkCardForm(spelled, NOW)).toMatchObject({ ok: true, expMonth: 1, expYear: 2034 })
  })

  test.each<[Partial<CardForm>, keyof CardForm, string]>([
    [{ number: '4242424242424241' }, 'number', 'incorrect_number'],
    [{ number: '' }, 'number', 'incorrect_number'],
    [{ number: '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢' }, 'number', 'incorrect_number'],
    [{ number: `${'0'.repeat(20)}` }, 'number', 'incorrect_number'],
    [{ number: '4111111111111111' }, 'number', 'card_declined'],
    [{ expMonth: '13' }, 'expMonth', 'invalid_expiry_month'],
    [{ expMonth: '0' }, 'expMonth', 'invalid_expiry_month'],
    [{ expMonth: '1e0' }, 'expMonth', 'invalid_expiry_month'],
    [{ expMonth: '10', expYear: '2026' }, 'expMonth', 'invalid_expiry_month'],
    [{ expYear: '25' }, 'expYear', 'invalid_expiry_year'],
    [{ expYear: '2077' }, 'expYear', 'invalid_expiry_year'],
    [{ expYear: '034' }, 'expYear', 'invalid_expiry_year'],
    [{ cvc: '12' }, 'cvc', 'invalid_cvc'],
    [{ cvc: '1234' }, 'cvc', 'invalid_cvc'],
    [{ number: '378282246310005' }, 'cvc', 'invalid_cvc'],
  ])('%o is refused at %s with %s', (change, field, code) => {
    expect(checkCardForm({ ...GOOD, ...change }, NOW)).toMatchObject({ ok: false, field, code })
  })

  test('a card is good until the end of its month', () => {
    const thisMonth = { ...GOOD, expMonth: '11', expYear: '26' }
    expect(checkCardForm(thisMonth, Date.UTC(2026, 10, 30, 23, 59, 59) / 1000).ok).toBe(true)
    expect(checkCardForm(thisMonth, Date.UTC(2026, 11, 1) / 1000).ok).toBe(false)
  })

  test('one wrong digit is always noticed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (place, step) => {
        const digits = [...'4242424242424242']
        digits[place] = String((Number(digits[place]) + step) % 10)
        const answer = checkCardForm({ ...GOOD, number: digits.join('') }, NOW)
        expect(answer).toMatchObject({ ok: false, code: 'incorrect_number' })
      }),
    )
  })
})
