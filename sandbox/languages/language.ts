import { exponentOf } from '@/sandbox/currencies'
import { da } from '@/sandbox/languages/da'
import { de } from '@/sandbox/languages/de'
import { en } from '@/sandbox/languages/en'
import { es } from '@/sandbox/languages/es'
import { fr } from '@/sandbox/languages/fr'
import { it } from '@/sandbox/languages/it'
import { ja } from '@/sandbox/languages/ja'
import { nl } from '@/sandbox/languages/nl'
import { pt } from '@/sandbox/languages/pt'
import { sv } from '@/sandbox/languages/sv'
import type { Words } from '@/sandbox/languages/words'

/** Words and formats of one language. All dates are calendar days in UTC. */
export type Language = {
  /** BCP 47, for `<html lang>` and the PDF. */
  tag: string
  words: Words
  /** @param minor minor units: an integer, or decimal text such as a unit price of `"0.055"` cents */
  money(minor: number | string, currency: string): string
  /** The same with the currency's code behind it, unless the code is in it anyway. */
  moneyWithCode(minor: number, currency: string): string
  /** @param seconds unix seconds */
  date(seconds: number): string
  /** Both ends as people write them; null for a period without length. */
  period(period: { start: number; end: number }): string | null
  /** @param decimal text of up to 12 places */
  quantity(decimal: string): string
  /** @param percentage 19 for 19 % */
  percent(percentage: number): string
  /** A country's name. @param code two letters; anything else comes back as it is */
  country(code: string): string
}

const dictionaries = { da, de, en, es, fr, it, ja, nl, pt, sv } satisfies Record<string, Words>

type Code = keyof typeof dictionaries

/** How each language writes numbers and dates unless the customer's own locale says more. */
const homes: Record<Code, string> = {
  da: 'da-DK',
  de: 'de-DE',
  en: 'en-US',
  es: 'es-ES',
  fr: 'fr-FR',
  it: 'it-IT',
  ja: 'ja-JP',
  nl: 'nl-NL',
  pt: 'pt-PT',
  sv: 'sv-SE',
}

export const languageCodes = Object.keys(dictionaries) as Code[]

/**
 * The first of the customer's languages that the sandbox speaks, else the first of the browser's, else English.
 * @param acceptLanguage the header as it came, or an empty text
 */
export function chooseLanguage(preferred: readonly string[], acceptLanguage = ''): Language {
  for (const locale of [...preferred, ...accepted(acceptLanguage)]) {
    const language = languageOf(locale)
    if (language) return language
  }
  return english
}

/** `da, en-GB;q=0.8, *;q=0.1` in order of preference, without what is unwanted. */
function accepted(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [, tag = '', quality = '1'] = /^\s*([\w-]+)\s*(?:;\s*q=([\d.]+))?\s*$/.exec(part) ?? []
      return { tag, quality: Number(quality) }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)
}

const known = new Map<string, Language>()

/** `de`, `de-AT`; what else a locale may say (script, variant) is passed over. */
function languageOf(locale: string): Language | undefined {
  const [, language = '', region] = /^([a-z]{2})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-|$)/i.exec(locale) ?? []
  const code = language.toLowerCase()
  if (!isCode(code)) return undefined
  const tag = region === undefined ? code : `${code}-${region.toUpperCase()}`
  const made = known.get(tag) ?? {
    tag,
    words: dictionaries[code],
    ...formats(region === undefined ? homes[code] : tag),
  }
  known.set(tag, made)
  return made
}

function isCode(code: string): code is Code {
  return Object.hasOwn(dictionaries, code)
}

function formats(locale: string): Omit<Language, 'tag' | 'words'> {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const quantities = new Intl.NumberFormat(locale, { maximumFractionDigits: 12 })
  const percentages = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 6 })
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const symbols = moneyFormat(locale, 'symbol')
  const narrow = moneyFormat(locale, 'narrowSymbol')
  return {
    money: symbols,
    moneyWithCode(minor, currency) {
      const [text, code] = [narrow(minor, currency), currency.toUpperCase()]
      return text.includes(code) ? text : `${text} ${code}`
    },
    date: (seconds) => days.format(seconds * 1000),
    period: ({ start, end }) => (start === end ? null : days.formatRange(start * 1000, end * 1000)),
    quantity: (decimal) => quantities.format(decimal as `${number}`),
    percent: (percentage) => percentages.format(`${percentage}e-2` as `${number}`),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  }
}

/** Writes amounts without passing through a float. */
function moneyFormat(locale: string, currencyDisplay: 'symbol' | 'narrowSymbol'): Language['money'] {
  const formatters = new Map<string, Intl.NumberFormat>()
  return (minor, currency) => {
    const exponent = exponentOf(currency)
    let formatter = formatters.get(currency)
    if (!formatter) {
      formatter = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay,
        minimumFractionDigits: exponent,
        // A unit price has up to 12 decimals of its own.
        maximumFractionDigits: exponent + 12,
      })
      formatters.set(currency, formatter)
    }
    return formatter.format(shiftPoint(String(minor), exponent))
  }
}

/** `shiftPoint('-5.5', 2)` is `-0.055`. */
function shiftPoint(decimal: string, places: number): `${number}` {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const digits = whole.padStart(places + 1, '0')
  const split = digits.length - places
  return `${sign}${digits.slice(0, split)}.${digits.slice(split)}${fraction}0` as `${number}`
}

const english: Language = { tag: 'en', words: en, ...formats(homes.en) }
