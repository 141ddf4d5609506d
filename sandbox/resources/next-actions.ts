import type { Ctx } from '@/sandbox/context'

/** An intent whose payer has something to do. */
type Acting = { client_secret: string | null; returnUrl?: string }

/** The payer confirms on a page of the bank's, which leads back to the caller's if the confirmation named one. */
export function authenticateAction(ctx: Ctx, { client_secret: secret, returnUrl }: Acting) {
  const url = `${ctx.origin}/authenticate/${ctx.accountId}/${secret}`
  return returnUrl === undefined
    ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
    : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } }
}

/** A small deposit shows the payer's bank account to be theirs. */
export function verifyAction(ctx: Ctx, { client_secret: secret }: Acting) {
  return {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: {
      arrival_date: ctx.now + 86_400,
      hosted_verification_url: `${ctx.origin}/microdeposit/${ctx.accountId}/${secret}`,
      microdeposit_type: 'descriptor_code' as const,
    },
  }
}

type Action = { next_action: { type: string } | null }

/** Whether somebody is asked to confirm a payment or a card. */
export function asksToAuthenticate({ next_action: action }: Action): boolean {
  return action?.type === 'use_stripe_sdk' || action?.type === 'redirect_to_url'
}

export function asksToVerify({ next_action: action }: Action): boolean {
  return action?.type === 'verify_with_microdeposits'
}

/** Where a confirmation leads back to: Stripe's own script in the browser needs no address. */
export function returnUrlOf(params: { return_url?: string; use_stripe_sdk?: boolean }): string | undefined {
  return params.use_stripe_sdk ? undefined : params.return_url
}
