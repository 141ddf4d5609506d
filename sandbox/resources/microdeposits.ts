import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'

export type Answer = { amounts?: number[]; descriptor_code?: string }

/** What the payer's answer proves. */
type Verification =
  | { kind: 'verified' }
  /** May be tried again. */
  | { kind: 'mismatch'; code: string; message: string }
  /** Is never asked again. */
  | { kind: 'over'; code: string; message: string }

const exceeded: Verification = {
  kind: 'over',
  code: 'payment_method_microdeposit_verification_attempts_exceeded',
  message: 'You have exceeded the number of allowed verification attempts.',
}
const timedOut: Verification = {
  kind: 'over',
  code: 'payment_method_microdeposit_verification_timeout',
  message: 'The microdeposits were not verified within ten days.',
}

/**
 * Stripe's test answers, https://docs.stripe.com/payments/ach-direct-debit: 32 and 45 or SM11AA are right, 10 and 11
 * or SM33CC exhaust the attempts, 40 and 41 or SM44DD come too late; everything else does not match.
 */
export function checkMicrodeposits({ amounts, descriptor_code: code }: Answer): Verification {
  if (amounts !== undefined && code !== undefined) throw exclusiveParameters('amounts', 'descriptor_code')
  if (code !== undefined) {
    if (code === 'SM11AA') return { kind: 'verified' }
    if (code === 'SM33CC') return exceeded
    if (code === 'SM44DD') return timedOut
    return {
      kind: 'mismatch',
      code: 'payment_method_microdeposit_verification_descriptor_code_mismatch',
      message: 'The descriptor code provided does not match the one sent to the bank account.',
    }
  }
  if (amounts === undefined) throw missingParameter('amounts')
  if (amounts.length !== 2) {
    throw invalidRequest('You must provide the amounts of both microdeposits.', {
      code: 'payment_method_microdeposit_verification_amounts_invalid',
      param: 'amounts',
    })
  }
  const [low = 0, high = 0] = [...amounts].sort((a, b) => a - b)
  if (low === 32 && high === 45) return { kind: 'verified' }
  if (low === 10 && high === 11) return exceeded
  if (low === 40 && high === 41) return timedOut
  return {
    kind: 'mismatch',
    code: 'payment_method_microdeposit_verification_amounts_mismatch',
    message: 'The amounts provided do not match the amounts that were sent to the bank account.',
  }
}
