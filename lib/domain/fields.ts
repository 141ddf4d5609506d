import { z } from 'zod'
import { currencies, parseAmount } from './money'

/*
 * Fields that several inputs share. An issue's message is a reason code; `lib/words/fields.ts` has its sentence.
 */

/** Minted by the form when it mounts; the same id twice is the same intent. */
export const operationId = z.uuid('operation_id')

/** A Stripe id of one kind, and nothing that could be a path or a query. */
export const stripeId = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9_]{1,250}$`), 'id')

const knownCurrencies = new Set(currencies)

/** One of Stripe's, lower case. */
export const currencyCode = z.string().refine((code) => knownCurrencies.has(code), 'currency')

/** Text without NUL and lone surrogates (PostgreSQL refuses both) and without characters that reorder what is read. */
export const trimmedText = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, 'too_long')
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), 'characters')
    .refine((text) => !/[\u202a-\u202e\u2066-\u2069]/.test(text), 'characters')

/** Reports why `text` is no amount in `currency`, at `path`. */
export function amountField(
  issues: z.core.$RefinementCtx,
  path: (string | number)[],
  text: string,
  currency: string,
  allow: { negative?: boolean } = {},
): void {
  const parsed = parseAmount(text, currency, allow)
  if (!parsed.ok) issues.addIssue({ code: 'custom', path, message: parsed.problem })
}
