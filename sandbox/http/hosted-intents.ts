import { type Ctx, referred } from '@/sandbox/context'
import { authenticationPage, type Question, verificationPage } from '@/sandbox/hosted/bank-pages'
import { messagePage } from '@/sandbox/hosted/message-page'
import { StripeError } from '@/sandbox/http/errors'
import { errorText } from '@/sandbox/http/hosted-errors'
import { page, pageLeadingTo, redirect, type Visit } from '@/sandbox/http/hosted-visit'
import type { Reply } from '@/sandbox/http/reply'
import { customerLanguage } from '@/sandbox/languages/customer-language'
import { chooseLanguage, type Language } from '@/sandbox/languages/language'
import { accountName } from '@/sandbox/resources/account'
import { checkMicrodeposits } from '@/sandbox/resources/microdeposits'
import { asksToAuthenticate, asksToVerify } from '@/sandbox/resources/next-actions'
import { authenticateIntent } from '@/sandbox/resources/payment-intent-confirm'
import { verifyMicrodeposits } from '@/sandbox/resources/payment-intent-microdeposits'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import type { CardMethod } from '@/sandbox/resources/payment-method-record'
import { authenticateSetup, verifySetup } from '@/sandbox/resources/setup-intent-confirm'
import type { SetupIntentRecord } from '@/sandbox/resources/setup-intent-record'
import { inTimeOf } from '@/sandbox/time-of'

type Intent = PaymentIntentRecord | SetupIntentRecord

/** Whoever knows the secret of an intent may do what its payer is asked to. */
function intentOf(world: Ctx, secret: string): Intent | undefined {
  const [id = ''] = secret.split('_secret_')
  const intent = world.store.get('paymentIntents', id) ?? world.store.get('setupIntents', id)
  return intent?.client_secret === secret ? intent : undefined
}

function nothingThere({ acceptLanguage }: Visit): Reply {
  const language = chooseLanguage([], acceptLanguage)
  return page(404, messagePage(language, language.words.pageNotFound, language.words.pageNotFoundText))
}

/** The bank's page about a card: confirms what waits for it, then leads back to whoever asked. */
export function answerAuthentication(world: Ctx, secret: string, visit: Visit): Reply {
  const intent = intentOf(world, secret)
  if (!intent) return nothingThere(visit)
  const ctx = inTimeOf(world, intent.customer)
  const language = languageFor(ctx, intent, visit)
  const method = asksToAuthenticate(intent) ? cardOf(ctx, intent) : undefined
  if (!method) return leave(language, intent)
  if (visit.method !== 'POST') return askToAuthenticate(language, intent, method, visit.path)
  const passed = new URLSearchParams(visit.body).get('outcome') === 'complete'
  return leave(
    language,
    intent.object === 'payment_intent'
      ? authenticateIntent(ctx, intent, method, passed)
      : authenticateSetup(ctx, intent, method, passed),
  )
}

/** The page where a bank account is proved to be the payer's. */
export function answerVerification(world: Ctx, secret: string, visit: Visit): Reply {
  const intent = intentOf(world, secret)
  if (!intent) return nothingThere(visit)
  const ctx = inTimeOf(world, intent.customer)
  const language = languageFor(ctx, intent, visit)
  if (!asksToVerify(intent)) return leave(language, intent)
  const code = new URLSearchParams(visit.body).get('code')?.trim().toUpperCase()
  if (visit.method !== 'POST' || code === undefined) return askToVerify(ctx, language, intent, visit.path)
  const { kind } = checkMicrodeposits({ descriptor_code: code })
  if (kind === 'mismatch') return askToVerify(ctx, language, intent, visit.path, code)
  verify(ctx, intent, code)
  return kind === 'over'
    ? page(200, messagePage(language, language.words.verifyTitle, language.words.verificationOver))
    : leave(language, intent)
}

/** The last wrong answer is refused and what it brought about stays, as when the API is given it. */
function verify(ctx: Ctx, intent: Intent, code: string): void {
  const answer = { descriptor_code: code }
  try {
    if (intent.object === 'payment_intent') verifyMicrodeposits(ctx, intent, answer)
    else verifySetup(ctx, intent, answer)
  } catch (error) {
    if (!(error instanceof StripeError) || !error.keepsChanges) throw error
  }
}

function languageFor(ctx: Ctx, { customer }: Intent, { acceptLanguage }: Visit): Language {
  return customer === null
    ? chooseLanguage([], acceptLanguage)
    : customerLanguage(ctx, customer, acceptLanguage)
}

function cardOf(ctx: Ctx, { payment_method: id }: Intent): CardMethod | undefined {
  const method = id === null ? undefined : referred(ctx, 'paymentMethods', id)
  return method?.type === 'card' ? method : undefined
}

function askToAuthenticate(language: Language, intent: Intent, { card }: CardMethod, action: string): Reply {
  const { words, moneyWithCode } = language
  const question: Question =
    intent.object === 'payment_intent'
      ? {
          title: words.confirmTitle,
          text: words.confirmPaymentText(
            accountName,
            moneyWithCode(intent.amount, intent.currency),
            card.last4,
          ),
          confirm: words.authenticate,
          action,
        }
      : {
          title: words.saveTitle,
          text: words.saveText(accountName, card.last4),
          confirm: words.verify,
          action,
        }
  const body = authenticationPage(language, question)
  return intent.returnUrl === undefined ? page(200, body) : pageLeadingTo(intent.returnUrl, body)
}

function askToVerify(ctx: Ctx, language: Language, intent: Intent, action: string, wrong?: string): Reply {
  const { words } = language
  const method = intent.payment_method ? referred(ctx, 'paymentMethods', intent.payment_method) : undefined
  const last4 = method?.type === 'us_bank_account' ? (method.us_bank_account.last4 ?? '') : ''
  const question = { title: words.verifyTitle, text: words.verifyText(last4), confirm: words.verify, action }
  return page(200, verificationPage(language, question, wrong))
}

/** Nothing is to be done here any more: back to whoever asked, or a word of thanks, or what went wrong. */
function leave(language: Language, intent: Intent): Reply {
  if (intent.returnUrl !== undefined) return redirect(returnAddress(intent, intent.returnUrl))
  const error = intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error
  const { words } = language
  return error && intent.status === 'requires_payment_method'
    ? page(
        200,
        messagePage(
          language,
          words.confirmTitle,
          errorText(language, { code: error.code, message: error.message }),
        ),
      )
    : page(200, messagePage(language, words.doneTitle, words.doneText))
}

/** The caller's address with what Stripe adds to it. */
function returnAddress({ object, id, client_secret: secret, status }: Intent, url: string): string {
  const address = new URL(url)
  address.searchParams.set(object, id)
  address.searchParams.set(`${object}_client_secret`, secret ?? '')
  const outcome = status === 'requires_payment_method' ? 'failed' : 'succeeded'
  address.searchParams.set('redirect_status', status === 'processing' ? 'pending' : outcome)
  return address.href
}
