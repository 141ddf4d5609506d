import type { Address } from '@/sandbox/http/common-params'
import type { Language } from '@/sandbox/languages/language'

/** A seller, a buyer, or whoever receives the goods. */
export type Party = {
  name: string
  email: string | null
  phone: string | null
  address: Address | null
  taxIds: { type: string; value: string | null }[]
}

/** Where the place comes before its code: "San Francisco, CA 94105", and not "10115 Berlin". */
const codeBehind = new Set(['AU', 'CA', 'GB', 'IE', 'IN', 'NZ', 'SG', 'US'])

/** The lines printed under a name. */
export function partyLines(party: Party, language: Language): string[] {
  const { email, phone, address, taxIds } = party
  return [
    ...(address === null ? [] : addressLines(address, language)),
    ...[phone, email].filter((line) => line !== null),
    ...taxIds.map(({ type, value }) => `${taxIdName(type, value)} ${value ?? ''}`.trim()),
  ]
}

function addressLines(address: Address, language: Language): string[] {
  const { line1, line2, postal_code: code, city, state, country } = address
  const place = codeBehind.has(country ?? '')
    ? joined([joined([city, state], ', '), code], ' ')
    : joined([joined([code, city], ' '), state], ', ')
  return [line1, line2, place, country && language.country(country)].filter((line) => !!line).map(String)
}

function joined(parts: (string | null)[], separator: string): string {
  return parts.filter((part) => part !== null && part !== '').join(separator)
}

/** "DE VAT", "US EIN", "CA GST/HST": the country and its name for the number. European VAT numbers begin with theirs. */
function taxIdName(type: string, value: string | null): string {
  if (type === 'eu_vat') return `${value?.slice(0, 2) ?? 'EU'} VAT`
  const [country = '', ...name] = type.toUpperCase().split('_')
  return `${country} ${name.join('/')}`.trim()
}
