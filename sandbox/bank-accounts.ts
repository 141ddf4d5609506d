/** What becomes of a debit: it settles, the bank sends it back, or nothing is ever heard of it. */
export type DebitOutcome =
  | { kind: 'ok' }
  /** `failureCode` is the bank's, on the charge; `code` is Stripe's, in the error. */
  | { kind: 'fail'; failureCode: string; code: string; message: string }
  | { kind: 'stay' }

/** One of Stripe's published test bank accounts. */
export type TestBankAccount = {
  type: 'us_bank_account' | 'sepa_debit'
  /** The id that stands for the account in API calls; IBANs have none but the first. */
  token: string | null
  /** Account number or IBAN. */
  number: string
  debit: DebitOutcome
  /** The bank takes the money back as soon as it has settled. */
  isDisputed: boolean
}

export const testRoutingNumber = '110000000'

const OK: DebitOutcome = { kind: 'ok' }

function fail(failureCode: string, message: string, code = failureCode): DebitOutcome {
  return { kind: 'fail', failureCode, code, message }
}

const NO_FUNDS = fail(
  'insufficient_funds',
  "The customer's account has insufficient funds to cover this payment.",
)
const CLOSED = fail('account_closed', "The customer's bank account has been closed.")
const NO_ACCOUNT = fail('no_account', "The customer's bank account could not be located.")
const UNAUTHORIZED = fail(
  'debit_not_authorized',
  'The customer has notified their bank that this payment was unauthorized.',
)
const WRONG_CURRENCY = fail(
  'invalid_currency',
  'The bank was unable to process this payment in its currency.',
  'payment_intent_payment_attempt_failed',
)
const OVER_LIMIT = fail(
  'charge_exceeds_weekly_limit',
  'This payment exceeds the weekly payment volume limit of the account.',
  'charge_exceeds_source_limit',
)
const REFUSED = fail(
  'generic_could_not_process',
  'The bank could not process this payment.',
  'payment_intent_payment_attempt_failed',
)

function usAccount(token: string, number: string, debit: DebitOutcome, isDisputed = false): TestBankAccount {
  return { type: 'us_bank_account', token: `pm_usBankAccount_${token}`, number, debit, isDisputed }
}

/** The IBANs that one country has for a debit that settles, is sent back, and is disputed. */
function ibans(settles: readonly string[], fails: readonly string[], disputed: string): TestBankAccount[] {
  const account = (number: string, debit: DebitOutcome, isDisputed = false): TestBankAccount => ({
    type: 'sepa_debit',
    token: number === 'AT611904300234573201' ? 'pm_sepaDebit' : null,
    number,
    debit,
    isDisputed,
  })
  return [
    ...settles.map((number) => account(number, OK)),
    ...fails.map((number) => account(number, REFUSED)),
    account(disputed, OK, true),
  ]
}

/** https://docs.stripe.com/payments/ach-direct-debit and /sepa-debit, "Test your integration". */
const TEST_ACCOUNTS: readonly TestBankAccount[] = [
  usAccount('success', '000123456789', OK),
  usAccount('accountClosed', '000111111113', CLOSED),
  usAccount('noAccount', '000111111116', NO_ACCOUNT),
  usAccount('insufficientFunds', '000222222227', NO_FUNDS),
  usAccount('debitNotAuthorized', '000333333335', UNAUTHORIZED),
  usAccount('invalidCurrency', '000444444440', WRONG_CURRENCY),
  usAccount('dispute', '000555555559', OK, true),
  usAccount('weeklyLimitExceeded', '000777777771', OVER_LIMIT),
  usAccount('processing', '000000000009', { kind: 'stay' }),
  ...ibans(
    ['AT611904300234573201', 'AT321904300235473204'],
    ['AT861904300235473202', 'AT051904300235473205'],
    'AT591904300235473203',
  ),
  ...ibans(
    ['DE89370400440532013000', 'DE08370400440532013003'],
    ['DE62370400440532013001', 'DE78370400440532013004'],
    'DE35370400440532013002',
  ),
  ...ibans(
    ['FR1420041010050500013M02606', 'FR3020041010050500013M02609'],
    ['FR8420041010050500013M02607', 'FR7920041010050500013M02600'],
    'FR5720041010050500013M02608',
  ),
]

const BY_NUMBER = new Map(TEST_ACCOUNTS.map((account) => [account.number, account]))
const BY_TOKEN = new Map(TEST_ACCOUNTS.map((account) => [account.token, account]))

export function bankAccountByToken(token: string): TestBankAccount | undefined {
  return BY_TOKEN.get(token)
}

export function bankAccountByNumber(number: string): TestBankAccount | undefined {
  return BY_NUMBER.get(number)
}

/**
 * Whether the check digits of an IBAN are right, by ISO 13616.
 * @param iban upper case, without spaces
 */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false
  const rearranged = iban.slice(4) + iban.slice(0, 4)
  const digits = rearranged.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return BigInt(digits) % 97n === 1n
}
