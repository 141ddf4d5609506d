/** What the card network answers: money moves, it refuses (HTTP 402), or it wants the cardholder (3-D Secure). */
export type CardOutcome =
  | { kind: 'ok' }
  | { kind: 'decline'; code: string; declineCode: string; message: string }
  | { kind: 'authenticate' }

export type CardBrand = 'visa' | 'mastercard' | 'amex' | 'discover' | 'diners' | 'jcb' | 'unionpay'

/** One of Stripe's published test cards. */
export type TestCard = {
  /** The `pm_card_…` id that stands for the card in API calls. */
  token: string
  number: string
  last4: string
  brand: CardBrand
  funding: 'credit' | 'debit' | 'prepaid'
  country: string
  risk: 'normal' | 'elevated' | 'highest'
  /** When the card is saved to a customer. */
  attach: CardOutcome
  /** When it is charged without the cardholder (off session). */
  charge: CardOutcome
  /** When it is charged while the cardholder is on the page. */
  onSession: CardOutcome
  /** Once its holder has authenticated it, it is charged off session without asking again. */
  asksOnce: boolean
  /** What becomes of a refund: it succeeds at once, or some time later, or seems to and fails some time later. */
  refund: 'succeeds' | 'pends' | 'fails'
  /** What its holder says of a charge: nothing, that it is fraudulent, or a question that takes no money yet. */
  dispute: 'fraudulent' | 'product_not_received' | 'inquiry' | null
  /** Its money is available at once, instead of after two days. */
  bypassesPending: boolean
}

/** The fields of a card form, as typed; API calls may leave the security code out. */
export type CardForm = { number: string; expMonth: string; expYear: string; cvc: string | null }

export type CheckedCard =
  | { ok: true; card: TestCard; expMonth: number; expYear: number }
  | { ok: false; field: keyof CardForm; code: string; declineCode?: string; isPast?: true; message: string }

const OK: CardOutcome = { kind: 'ok' }
const AUTHENTICATE: CardOutcome = { kind: 'authenticate' }

const DECLINED = 'Your card was declined.'

function decline(code: string, declineCode: string, message: string): CardOutcome {
  return { kind: 'decline', code, declineCode, message }
}

type Traits = Partial<Omit<TestCard, 'token' | 'number' | 'last4' | 'brand'>>

function card(token: string, number: string, brand: CardBrand, traits: Traits = {}): TestCard {
  const { charge = OK } = traits
  return {
    token,
    number,
    last4: number.slice(-4),
    brand,
    funding: 'credit',
    country: 'US',
    risk: 'normal',
    attach: OK,
    charge,
    onSession: charge,
    asksOnce: false,
    refund: 'succeeds',
    dispute: null,
    bypassesPending: false,
    ...traits,
  }
}

/** A card that already fails when it is saved, so only the hosted page ever gets to charge it. */
function refused(
  token: string,
  number: string,
  code: string,
  declineCode: string,
  message = DECLINED,
): TestCard {
  const outcome = decline(code, declineCode, message)
  return card(token, number, 'visa', { attach: outcome, charge: outcome })
}

const GENERIC_DECLINE = decline('card_declined', 'generic_decline', DECLINED)
const CHALLENGE: Traits = { charge: AUTHENTICATE, onSession: AUTHENTICATE }

/** https://docs.stripe.com/testing, as far as cards go. */
const TEST_CARDS: readonly TestCard[] = [
  card('pm_card_visa', '4242424242424242', 'visa'),
  card('pm_card_visa_debit', '4000056655665556', 'visa', { funding: 'debit' }),
  card('pm_card_mastercard', '5555555555554444', 'mastercard'),
  card('pm_card_mastercard_debit', '5200828282828210', 'mastercard', { funding: 'debit' }),
  card('pm_card_mastercard_prepaid', '5105105105105100', 'mastercard', { funding: 'prepaid' }),
  card('pm_card_amex', '378282246310005', 'amex'),
  card('pm_card_discover', '6011111111111117', 'discover'),
  card('pm_card_diners', '3056930009020004', 'diners'),
  card('pm_card_jcb', '3566002020360505', 'jcb'),
  card('pm_card_unionpay', '6200000000000005', 'unionpay'),
  refused('pm_card_visa_chargeDeclined', '4000000000000002', 'card_declined', 'generic_decline'),
  refused(
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    '4000000000009995',
    'card_declined',
    'insufficient_funds',
    'Your card has insufficient funds.',
  ),
  refused('pm_card_visa_chargeDeclinedLostCard', '4000000000009987', 'card_declined', 'lost_card'),
  refused('pm_card_visa_chargeDeclinedStolenCard', '4000000000009979', 'card_declined', 'stolen_card'),
  refused(
    'pm_card_chargeDeclinedExpiredCard',
    '4000000000000069',
    'expired_card',
    'expired_card',
    'Your card has expired.',
  ),
  refused(
    'pm_card_chargeDeclinedIncorrectCvc',
    '4000000000000127',
    'incorrect_cvc',
    'incorrect_cvc',
    "Your card's security code is incorrect.",
  ),
  refused(
    'pm_card_chargeDeclinedProcessingError',
    '4000000000000119',
    'processing_error',
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
  ),
  refused(
    'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
    '4000000000006975',
    'card_declined',
    'card_velocity_exceeded',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  card('pm_card_chargeCustomerFail', '4000000000000341', 'visa', { charge: GENERIC_DECLINE }),
  card('pm_card_radarBlock', '4100000000000019', 'visa', {
    risk: 'highest',
    charge: decline('card_declined', 'fraudulent', DECLINED),
  }),
  card('pm_card_riskLevelElevated', '4000000000009235', 'visa', { risk: 'elevated' }),
  card('pm_card_threeDSecure2Required', '4000000000003220', 'visa', CHALLENGE),
  card('pm_card_authenticationRequired', '4000002760003184', 'visa', CHALLENGE),
  card('pm_card_authenticationRequiredOnSetup', '4000002500003155', 'visa', { ...CHALLENGE, asksOnce: true }),
  card('pm_card_pendingRefund', '4000000000007726', 'visa', { refund: 'pends' }),
  card('pm_card_refundFail', '4000000000005126', 'visa', { refund: 'fails' }),
  card('pm_card_createDispute', '4000000000000259', 'visa', { dispute: 'fraudulent' }),
  card('pm_card_createDisputeProductNotReceived', '4000000000002685', 'visa', {
    dispute: 'product_not_received',
  }),
  card('pm_card_createDisputeInquiry', '4000000000001976', 'visa', { dispute: 'inquiry' }),
  card('pm_card_bypassPending', '4000000000000077', 'visa', { bypassesPending: true }),
]

const BY_NUMBER = new Map(TEST_CARDS.map((entry) => [entry.number, entry]))
const BY_TOKEN = new Map(TEST_CARDS.map((entry) => [entry.token, entry]))

/** The declining cards go by two names, `pm_card_visa_chargeDeclined` and `pm_card_chargeDeclined`. */
export function cardByToken(token: string): TestCard | undefined {
  return BY_TOKEN.get(token) ?? BY_TOKEN.get(token.replace('pm_card_charge', 'pm_card_visa_charge'))
}

/** @param number digits only */
export function cardByNumber(number: string): TestCard | undefined {
  return BY_NUMBER.get(number)
}

/**
 * Checks a card form field by field, in the order a card network does: number, expiry, security code. What it
 * refuses carries Stripe's code and the sentence for the customer; whether the card then *pays* is `card.onSession`.
 *
 * @param nowSeconds the sandbox's clock: a card is good until the end of its month, in UTC
 */
export function checkCardForm(form: CardForm, nowSeconds: number): CheckedCard {
  const number = form.number.replace(/[\s-]/g, '')
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    return { ok: false, field: 'number', code: 'incorrect_number', message: 'Your card number is incorrect.' }
  }
  const known = cardByNumber(number)
  if (!known) {
    return {
      ok: false,
      field: 'number',
      code: 'card_declined',
      declineCode: 'test_mode_live_card',
      message:
        'Your card was declined. This is a sandbox and only knows test cards such as 4242 4242 4242 4242.',
    }
  }
  const expiry = checkExpiry(form, new Date(nowSeconds * 1000))
  if (!expiry.ok) return expiry
  const cvcLength = known.brand === 'amex' ? 4 : 3
  if (form.cvc !== null && !(/^\d+$/.test(form.cvc.trim()) && form.cvc.trim().length === cvcLength)) {
    return { ok: false, field: 'cvc', code: 'invalid_cvc', message: "Your card's security code is invalid." }
  }
  return { ok: true, card: known, expMonth: expiry.month, expYear: expiry.year }
}

function passesLuhn(number: string): boolean {
  let sum = 0
  for (const [place, digit] of [...number].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

type Expiry = { ok: true; month: number; year: number } | Extract<CheckedCard, { ok: false }>

function checkExpiry({ expMonth, expYear }: CardForm, now: Date): Expiry {
  const month = /^\d{1,2}$/.test(expMonth.trim()) ? Number(expMonth) : 0
  const digits = expYear.trim()
  const year = /^(?:\d{2}|\d{4})$/.test(digits) ? Number(digits.length === 2 ? `20${digits}` : digits) : 0
  if (month < 1 || month > 12) {
    return badExpiry('expMonth', 'invalid_expiry_month', "Your card's expiration month is invalid.")
  }
  const thisYear = now.getUTCFullYear()
  if (year === 0 || year > thisYear + 50) {
    return badExpiry('expYear', 'invalid_expiry_year', "Your card's expiration year is invalid.")
  }
  if (year < thisYear) {
    return {
      ...badExpiry('expYear', 'invalid_expiry_year', "Your card's expiration year is in the past."),
      isPast: true,
    }
  }
  if (year === thisYear && month < now.getUTCMonth() + 1) {
    return {
      ...badExpiry('expMonth', 'invalid_expiry_month', "Your card's expiration date is in the past."),
      isPast: true,
    }
  }
  return { ok: true, month, year }
}

function badExpiry(
  field: 'expMonth' | 'expYear',
  code: string,
  message: string,
): Extract<CheckedCard, { ok: false }> {
  return { ok: false, field, code, message }
}
