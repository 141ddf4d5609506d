import { type Ctx, referred } from '@/sandbox/context'
import { chooseLanguage, type Language } from '@/sandbox/languages/language'

/** A customer's language; that of the browser for a customer who has not said any. */
export function customerLanguage(ctx: Ctx, customerId: string, acceptLanguage = ''): Language {
  return chooseLanguage(referred(ctx, 'customers', customerId).preferred_locales ?? [], acceptLanguage)
}
