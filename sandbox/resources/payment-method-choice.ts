import type { Ctx } from '@/sandbox/context'
import { exclusiveParameters } from '@/sandbox/http/errors'
import { hash, type Params, text } from '@/sandbox/http/params'
import { createMethod, methodShape } from '@/sandbox/resources/payment-method-input'
import { methodOrToken } from '@/sandbox/resources/payment-method-new'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** How payment intents and setup intents say which method is meant. */
export const methodChoiceShape = { payment_method: text(255), payment_method_data: hash(methodShape) }

/**
 * The method that was named, or a new one from the data that was given; undefined when neither was.
 * @throws StripeError 400 for both at once, for one that does not exist and for data that make none
 */
export function chosenMethod(
  ctx: Ctx,
  { payment_method: id, payment_method_data: data }: Params<typeof methodChoiceShape>,
): PaymentMethodRecord | undefined {
  if (id !== undefined && data) throw exclusiveParameters('payment_method', 'payment_method_data')
  if (id !== undefined) return methodOrToken(ctx, id, 'payment_method')
  return data && createMethod(ctx, data, 'payment_method_data')
}
