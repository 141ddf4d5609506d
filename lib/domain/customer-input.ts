import { z } from 'zod'
import { operationId, trimmedText } from './fields'

const noLineBreaks = (text: string) => !/[\r\n]/.test(text)

export const createCustomerInput = z.strictObject({
  operationId,
  name: trimmedText(256).min(1, 'required').refine(noLineBreaks, 'one_line'),
  /** One address: Stripe mails nobody else. */
  email: z
    .union([z.literal('').transform(() => undefined), z.email('email').max(512, 'too_long')])
    .optional(),
  description: trimmedText(5000).optional(),
})
export type CreateCustomerInput = z.infer<typeof createCustomerInput>
