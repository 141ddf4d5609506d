import { invalidRequest, type StripeError } from '@/sandbox/http/errors'

/**
 * Lets any secret or restricted test key in. Live keys are refused, so that nobody sends production data here by
 * mistake.
 * @param account the one that `Stripe-Account` names; there is no other than `own`
 * @throws StripeError 401, or 403 for another account
 */
export function authenticate(
  authorization: string | undefined,
  account: string | undefined,
  own: string,
): void {
  const key = keyOf(authorization)
  if (key === undefined || key === '') {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  if (/^pk_/.test(key)) {
    throw unauthorized(
      'This API call cannot be made with a publishable API key. Please use a secret API key.',
      'secret_key_required',
    )
  }
  if (/^(sk|rk)_live_/.test(key)) {
    throw unauthorized('This is a local sandbox: it accepts test keys only, never a live key.')
  }
  if (!/^(sk|rk)_test_[A-Za-z0-9_]+$/.test(key))
    throw unauthorized(`Invalid API Key provided: ${masked(key)}`)
  if (account !== undefined && account !== own) {
    throw invalidRequest(
      `The provided key '${masked(key)}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
      { code: 'account_invalid' },
      403,
    )
  }
}

/** Bearer, or Basic with the key as user and no password (curl `-u`). */
function keyOf(authorization: string | undefined): string | undefined {
  const [scheme, value] = (authorization ?? '').split(' ')
  if (value === undefined) return undefined
  if (/^bearer$/i.test(scheme ?? '')) return value
  if (/^basic$/i.test(scheme ?? '')) return Buffer.from(value, 'base64').toString('utf8').split(':')[0]
  return undefined
}

function masked(key: string): string {
  return key.length <= 12
    ? '*'.repeat(key.length)
    : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}

function unauthorized(message: string, code?: string): StripeError {
  return invalidRequest(message, code === undefined ? {} : { code }, 401)
}
