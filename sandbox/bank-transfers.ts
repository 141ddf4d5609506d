import { createHash } from 'node:crypto'
import type Stripe from 'stripe'
import type { Wire } from '@/sandbox/wire'

type Instructions = Wire<Stripe.FundingInstructions>
type Transfer = Wire<Stripe.CustomerCashBalanceTransaction.Funded.BankTransfer>
type FinancialAddress = Instructions['bank_transfer']['financial_addresses'][number]

const countries: Record<string, string> = { eur: 'eu', gbp: 'gb', jpy: 'jp', mxn: 'mx', usd: 'us' }

/** Currencies that customers can send money in. */
export const transferCurrencies: readonly string[] = Object.keys(countries)

export const transferTypes = [
  'eu_bank_transfer',
  'gb_bank_transfer',
  'jp_bank_transfer',
  'mx_bank_transfer',
  'us_bank_transfer',
] as const

/** How money of a currency is sent. @param currency one of `transferCurrencies` */
export function transferType(currency: string): string {
  return `${countries[currency] ?? 'us'}_bank_transfer`
}

/** What is known of a transfer that has come in. */
export function receivedTransfer(currency: string, reference: string | null): Transfer {
  const sender_name = 'Test Sender'
  const type = transferType(currency)
  switch (type) {
    case 'eu_bank_transfer':
      return { type, reference, eu_bank_transfer: { bic: 'TESTDEFFXXX', iban_last4: '3000', sender_name } }
    case 'gb_bank_transfer':
      return {
        type,
        reference,
        gb_bank_transfer: { account_number_last4: '3000', sender_name, sort_code: '108800' },
      }
    case 'jp_bank_transfer':
      return {
        type,
        reference,
        jp_bank_transfer: { sender_bank: 'Test Bank', sender_branch: 'Main', sender_name },
      }
    case 'us_bank_transfer':
      return { type, reference, us_bank_transfer: { network: 'ach', sender_name } }
    default:
      return { type, reference }
  }
}

const bankAddress = {
  city: 'Test City',
  country: 'US',
  line1: '1 Test Street',
  line2: null,
  postal_code: '10000',
  state: null,
}
const holder = { account_holder_address: bankAddress, account_holder_name: 'Duebook Sandbox' }
const bank = { bank_address: bankAddress, bank_name: 'STRIPE TEST BANK' }

/** The account to which a customer sends money: always the same for the same customer and currency. */
export function instructionsFor(customer: string, currency: string, country: string): Instructions {
  const digits = BigInt(`0x${createHash('sha256').update(`${customer}:${currency}`).digest('hex')}`)
    .toString()
    .slice(-18)
  return {
    object: 'funding_instructions',
    bank_transfer: {
      country,
      financial_addresses: addressesIn(transferType(currency), country, digits),
      // The SDK knows two types here, and Stripe's own fixture shows the European one for an account in the States.
      type: currency === 'jpy' ? 'jp_bank_transfer' : 'eu_bank_transfer',
    },
    currency,
    funding_type: 'bank_transfer',
    livemode: false,
  }
}

function addressesIn(type: string, country: string, digits: string): FinancialAddress[] {
  const account = digits.slice(-10)
  switch (type) {
    case 'eu_bank_transfer':
      return [
        {
          type: 'iban',
          supported_networks: ['sepa'],
          iban: {
            ...holder,
            bank_address: bankAddress,
            bic: 'TESTDEFFXXX',
            country,
            iban: `${country}00${digits}`,
          },
        },
      ]
    case 'gb_bank_transfer':
      return [
        {
          type: 'sort_code',
          supported_networks: ['bacs', 'fps'],
          sort_code: {
            ...holder,
            account_number: account.slice(-8),
            bank_address: bankAddress,
            sort_code: '108800',
          },
        },
      ]
    case 'jp_bank_transfer':
      return [
        {
          type: 'zengin',
          supported_networks: ['zengin'],
          zengin: {
            ...holder,
            ...bank,
            account_number: account.slice(-7),
            account_type: 'futsu',
            bank_code: '0000',
            branch_code: '000',
            branch_name: 'Main',
          },
        },
      ]
    case 'mx_bank_transfer':
      return [
        {
          type: 'spei',
          supported_networks: ['spei'],
          spei: { ...holder, ...bank, bank_code: '000', clabe: digits },
        },
      ]
    default:
      return [
        {
          type: 'aba',
          supported_networks: ['ach', 'domestic_wire_us'],
          aba: {
            ...holder,
            ...bank,
            account_number: account,
            account_type: 'checking',
            routing_number: '110000000',
          },
        },
      ]
  }
}
