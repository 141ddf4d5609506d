/** By what people recognize a way to pay. */
export type MethodLook = {
  /** Stripe's type: `card`, `sepa_debit`, `us_bank_account` … */
  type: string
  /** A card's brand, a bank's name. */
  brand: string | null
  last4: string | null
  expMonth: number | null
  expYear: number | null
}

/**
 * Reads a payment method, a charge's method details or an old source. All but the oldest keep what matters under the name
 * of their type, of which there are dozens; those say it on themselves.
 */
export function parseMethod(method: { type?: string | null; object?: string }): MethodLook {
  const type = method.type ?? method.object ?? 'unknown'
  const fields = new Map<string, unknown>(Object.entries(method))
  const inner = fields.get(type)
  const details = typeof inner === 'object' && inner !== null ? new Map(Object.entries(inner)) : fields
  const text = (name: string) => textOrNull(details.get(name))
  const whole = (name: string) => wholeOrNull(details.get(name))
  return {
    type,
    brand: text('brand') ?? text('bank_name'),
    last4: text('last4'),
    expMonth: whole('exp_month'),
    expYear: whole('exp_year'),
  }
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
const wholeOrNull = (value: unknown) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null
