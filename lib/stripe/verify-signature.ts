import 'server-only'
import { env } from '@/lib/env'
import { stripe } from './client'

export type SignatureProblem = 'no_signature' | 'bad_signature' | 'bad_timestamp'

const toleranceSeconds = 300

/**
 * Checks that Stripe has signed exactly `body`, at most 5 minutes ago and at most 5 minutes ahead: the SDK accepts any
 * future. Any of the configured secrets will do, so that one can be replaced while events arrive. Null when all is well.
 */
export function verifySignature(body: string, header: string | null): SignatureProblem | null {
  if (header === null || header === '') return 'no_signature'
  const now = Math.floor(Date.now() / 1000)
  const signedAt = readTimestamp(header)
  if (signedAt === null || Math.abs(now - signedAt) > toleranceSeconds) return 'bad_timestamp'
  return env().stripe.webhookSecrets.some((secret) => isSignedWith(secret, body, header))
    ? null
    : 'bad_signature'
}

/** The one `t=` of the header. None, several or a crooked one is null: the SDK would take whatever number it begins with. */
function readTimestamp(header: string): number | null {
  const values = header
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith('t='))
  const [only = ''] = values
  return values.length === 1 && /^t=\d{1,12}$/.test(only) ? Number(only.slice(2)) : null
}

function isSignedWith(secret: string, body: string, header: string): boolean {
  try {
    return stripe().webhooks.signature?.verifyHeader(body, header, secret, toleranceSeconds) ?? false
  } catch {
    return false
  }
}
