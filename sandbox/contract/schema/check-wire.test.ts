import { describe, expect, test } from 'vitest'
import objects from '@/sandbox/contract/fixtures/objects.json'
import { checkRefusal } from '@/sandbox/contract/schema/check-refusal'
import { checkAnswer, checkWire } from '@/sandbox/contract/schema/check-wire'

/** Where Stripe's own samples, which are older than the SDK's types, differ from them. */
const known: Record<string, string[]> = {
  account: ['account.business_profile.specified_commercial_transactions_act_url: is missing'],
  charge: ['charge.payment_method_details.card.electronic_commerce_indicator: is missing'],
  dispute: [
    'dispute.evidence_details.submission_method: is missing',
    'dispute.intended_submission_method: is missing',
  ],
  // An event of a plan of years ago.
  event: ['event.data.object.aggregate_usage: is unknown to the SDK'],
  invoice: ['invoice.subscription: is unknown to the SDK'],
  payment_intent: [
    'payment_intent.allowed_payment_method_types: is missing',
    'payment_intent.payment_record: is missing',
  ],
  product: ['product.tax_details: is missing'],
  setup_intent: ['setup_intent.allowed_payment_method_types: is missing'],
}

/** The samples of Connect show a connected account without most of its fields. */
const isOfConnect = (deviation: string) => deviation.includes('.transfer_data.destination.')

describe("Stripe's own samples", () => {
  test.each(Object.entries(objects))('%s', (name, object) => {
    expect(checkAnswer(object).filter((deviation) => !isOfConnect(deviation))).toEqual(known[name] ?? [])
  })
})

describe('what a sample must not become', () => {
  const { invoice, customer, event, discount } = objects

  test.each<[what: string, name: string, object: object, deviation: string]>([
    [
      'text for a number',
      'customer',
      { ...customer, balance: '5' },
      'customer.balance: "5" where number is due',
    ],
    [
      'null where none may be',
      'customer',
      { ...customer, livemode: null },
      'customer.livemode: null where boolean is due',
    ],
    [
      'a value that no enum has',
      'customer',
      { ...customer, tax_exempt: 'no' },
      'customer.tax_exempt: "no" where "exempt" or "none" or "reverse" or null is due',
    ],
    ['a field too many', 'customer', { ...customer, paid: true }, 'customer.paid: is unknown to the SDK'],
    [
      'a field too many, deep inside',
      'customer',
      { ...customer, address: { ...customer.address, planet: 1 } },
      'customer.address.planet: is unknown to the SDK',
    ],
    [
      'a hash for an id',
      'customer',
      { ...customer, test_clock: { object: 'customer' } },
      'customer.test_clock: {"object":"customer"} where text or TestClock or null is due',
    ],
    [
      'a deleted mark on the living',
      'customer',
      { ...customer, deleted: false },
      'customer.deleted: false where nothing is due',
    ],
    [
      'a number for a decimal',
      'price',
      { ...objects.price, unit_amount_decimal: 5 },
      'price.unit_amount_decimal: 5 where decimal or null is due',
    ],
    ['a list that is none', 'invoice', { ...invoice, lines: [] }, 'invoice.lines: [] where ApiList is due'],
    [
      'an element of another kind',
      'discount',
      { ...discount, source: { ...discount.source, type: 'gift' } },
      'discount.source.type: "gift" where "coupon" is due',
    ],
  ])('%s', (_, name, object, deviation) => {
    expect(checkWire(name, object)).toContain(deviation)
  })

  test('a field too few', () => {
    const { balance, ...rest } = customer
    expect(balance).toBeTypeOf('number')
    expect(checkWire('customer', rest)).toEqual(['customer.balance: is missing'])
  })

  test('an event whose object is of another kind, or whose past has other keys', () => {
    const about = { ...event, type: 'customer.updated' }
    expect(checkAnswer({ ...about, data: { object: invoice } })).not.toEqual([])
    const past = (previous_attributes: object) => ({
      ...about,
      data: { object: customer, previous_attributes },
    })
    expect(checkAnswer(past({ balance: 5, metadata: { fresh: null }, address: { city: null } }))).toEqual([])
    expect(checkAnswer(past({ balance: null, planet: 'mars' }))).toEqual([
      'event.data.previous_attributes.balance: null where number is due',
      'event.data.previous_attributes.planet: is unknown to the SDK',
    ])
  })

  test('a list without its marks', () => {
    expect(checkAnswer({ object: 'list', data: [customer], has_more: false, url: '/v1/customers' })).toEqual(
      [],
    )
    expect(checkAnswer({ object: 'list', data: [{ ...customer, name: 5 }], page: 1 })).toEqual([
      'list.has_more: is missing',
      'list.url: is missing',
      'list.page: is unknown to the SDK',
      'customer.name: 5 where text or null is due',
    ])
  })

  test('a refusal of another shape', () => {
    const error = { type: 'invalid_request_error', message: 'No.', param: 'id' }
    expect(checkRefusal({ error })).toEqual([])
    expect(checkRefusal({ error: { ...error, param: '', hint: 'x' } })).toEqual([
      'error.param: is no text',
      'error.hint: is unknown to the SDK',
    ])
    expect(checkRefusal({ error: { type: 'rate_limit_error', message: '' } })).toEqual([
      'error.type: the wire knows no rate_limit_error',
      'error.message: is missing',
    ])
    expect(checkRefusal('no')).toEqual(['a refusal has no error'])
  })
})
