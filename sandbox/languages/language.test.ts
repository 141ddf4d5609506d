import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cardByToken } from '@/sandbox/cards'
import { exponentOf } from '@/sandbox/currencies'
import { en } from '@/sandbox/languages/en'
import { chooseLanguage, languageCodes } from '@/sandbox/languages/language'
import type { MailFacts } from '@/sandbox/languages/words'

const english = chooseLanguage(['en'])
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('the language', () => {
  test.each([
    [['de'], '', 'de'],
    [['zh-CN', 'sv', 'de'], '', 'sv'],
    [['pt-BR'], '', 'pt-BR'],
    [['PT-br'], '', 'pt-BR'],
    [['zh-Hant-TW'], 'fr-CA, en;q=0.5', 'fr-CA'],
    [[], 'en;q=0.4, zh, da;q=0.8, nl;q=0.6', 'da'],
    [[], 'de;q=0, *', 'en'],
    [[], '', 'en'],
    [['', '-', 'd', '../../etc', 'x'.repeat(9999)], ';;,q=', 'en'],
    [['constructor', '__proto__'], '', 'en'],
  ])('of %j in a browser that says "%s" is %s', (preferred, accepted, tag) => {
    expect(chooseLanguage(preferred, accepted).tag).toBe(tag)
  })
})

describe('money', () => {
  test.each([
    [0, 'usd', '$0.00'],
    [5, 'usd', '$0.05'],
    [-123456, 'usd', '-$1,234.56'],
    [99999999, 'eur', '€999,999.99'],
    [1050, 'jpy', '¥1,050'],
    [1234, 'kwd', 'KWD 1.234'],
    [500, 'isk', 'ISK 5.00'],
    [500, 'mga', 'MGA 500'],
    ['5.5', 'usd', '$0.055'],
    ['0.000000000001', 'usd', '$0.00000000000001'],
    ['1250.00', 'usd', '$12.50'],
    ['-10.5', 'jpy', '-¥10.5'],
  ])('%s %s reads %s', (minor, currency, text) => {
    expect(plain(english.money(minor, currency))).toBe(text)
  })

  test('names its currency once', () => {
    expect(plain(english.moneyWithCode(2000, 'cad'))).toBe('$20.00 CAD')
    expect(plain(english.moneyWithCode(1234, 'kwd'))).toBe('KWD 1.234')
    expect(plain(chooseLanguage(['de']).moneyWithCode(123456, 'eur'))).toBe('1.234,56 € EUR')
  })

  test('every digit of the amount is there and no other, in every language', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.constantFrom('usd', 'jpy', 'kwd', 'chf', 'xof'),
        fc.constantFrom(...languageCodes),
        (minor, currency, code) => {
          const digits = chooseLanguage([code]).money(minor, currency).replace(/\D/g, '')
          expect(digits).toBe(String(Math.abs(minor)).padStart(exponentOf(currency) + 1, '0'))
        },
      ),
    )
  })
})

test.each(languageCodes)('%s says everything that it is told, in words of its own', (code) => {
  const { words } = chooseLanguage([code])
  const { errors, mails, ...rest } = words
  for (const [name, said] of Object.entries(rest)) {
    const given = ['⟨1⟩', '⟨2⟩', '⟨3⟩', '⟨4⟩'].slice(0, said.length)
    const sentence = typeof said === 'string' ? said : Reflect.apply(said, undefined, given)
    expect([name, sentence.trim()]).not.toEqual([name, ''])
    if (typeof said !== 'string')
      for (const part of given) expect([name, sentence]).toEqual([name, expect.stringContaining(part)])
  }
  const facts: MailFacts = {
    seller: '⟨seller⟩',
    number: '⟨number⟩',
    amount: '⟨amount⟩',
    due: '⟨due⟩',
    replaced: '⟨replaced⟩',
    receipt: '⟨receipt⟩',
    creditNote: '⟨creditNote⟩',
  }
  for (const kind of [
    'invoice',
    'invoice_updated',
    'reminder',
    'payment_failed',
    'payment_confirmation',
    'receipt',
    'refund',
    'credit_note',
    'link',
  ] as const) {
    const [own, model] = [mails[kind], en.mails[kind]]
    const namedIn = (text: string) => text.match(/⟨\w+⟩/g)?.sort()
    expect([kind, namedIn(own.subject(facts))]).toEqual([kind, namedIn(model.subject(facts))])
    expect([kind, namedIn(own.text(facts))]).toEqual([kind, namedIn(model.text(facts))])
    expect(own.button).not.toBe('')
  }
  if (code !== 'en') {
    expect(Object.values(errors).filter((text) => Object.values<string>(en.errors).includes(text))).toEqual(
      [],
    )
    expect(words.paidText).not.toBe(en.paidText)
  }
})

test.each([
  'pm_card_visa_chargeDeclined',
  'pm_card_visa_chargeDeclinedInsufficientFunds',
  'pm_card_chargeDeclinedExpiredCard',
  'pm_card_chargeDeclinedIncorrectCvc',
  'pm_card_chargeDeclinedProcessingError',
  'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
])('the page says of %s in English what the API says', (token) => {
  const outcome = cardByToken(token)?.onSession
  if (outcome?.kind !== 'decline') throw new Error(`${token} is not declined`)
  const errors: Record<string, string> = en.errors
  expect(errors[outcome.declineCode] ?? errors[outcome.code]).toBe(outcome.message)
})
