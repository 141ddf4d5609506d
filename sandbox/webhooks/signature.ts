import { createHmac } from 'node:crypto'

/**
 * The `Stripe-Signature` header: one `v1` per secret, each an HMAC-SHA256 over `timestamp.payload`, keyed with
 * the whole secret including its `whsec_` prefix. Two secrets sign while one of them is being rolled. Like every event
 * of a test account it ends with a `v0` that nobody can verify, so that receivers learn to ignore it.
 *
 * @param payload the exact body that is sent
 * @param timestamp unix seconds
 */
export function signatureHeader(payload: string, secrets: readonly string[], timestamp: number): string {
  const sign = (secret: string) =>
    createHmac('sha256', secret).update(`${timestamp}.${payload}`, 'utf8').digest('hex')
  const signatures = secrets.map((secret) => `v1=${sign(secret)}`)
  return [`t=${timestamp}`, ...signatures, `v0=${sign('v0')}`].join(',')
}
