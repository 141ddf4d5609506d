/** The secret that an endpoint had before it was rolled, and until when it still signs. */
export type OldSecret = { secret: string; expires: number }

/** Longest time that both secrets sign, in seconds. */
export const longestRoll = 24 * 3600

type Signer = { secret: string; oldSecret: OldSecret | null }

/** The secrets that sign at `now` (unix seconds), the current one first. */
export function signingSecrets({ secret, oldSecret }: Signer, now: number): string[] {
  return oldSecret && now < oldSecret.expires ? [secret, oldSecret.secret] : [secret]
}

/** @param expiresIn seconds that the present secret still signs; 0 stops it at once */
export function rolled<S extends Signer>(signer: S, secret: string, now: number, expiresIn: number): S {
  const oldSecret = expiresIn > 0 ? { secret: signer.secret, expires: now + expiresIn } : null
  return { ...signer, secret, oldSecret }
}
