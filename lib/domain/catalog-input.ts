import { z } from 'zod'
import { amountField, currencyCode, operationId, stripeId, trimmedText } from './fields'

/** A product and its first price. The amount is what a person typed, read by `parseAmount` under `currency`. */
export const createProductInput = z
  .strictObject({
    operationId,
    name: trimmedText(250).min(1, 'required'),
    description: trimmedText(5000).optional(),
    price: z.strictObject({ currency: currencyCode, amount: z.string().max(40, 'too_long') }).optional(),
  })
  .superRefine((input, issues) => {
    if (input.price) amountField(issues, ['price', 'amount'], input.price.amount, input.price.currency)
  })
export type CreateProductInput = z.infer<typeof createProductInput>

export const createPriceInput = z
  .strictObject({
    operationId,
    productId: stripeId('prod'),
    currency: currencyCode,
    amount: z.string().max(40, 'too_long'),
    nickname: trimmedText(250).optional(),
    isDefault: z.boolean(),
  })
  .superRefine((input, issues) => amountField(issues, ['amount'], input.amount, input.currency))
export type CreatePriceInput = z.infer<typeof createPriceInput>

export const productInput = z.strictObject({ operationId, productId: stripeId('prod') })
export type ProductInput = z.infer<typeof productInput>

export const priceInput = z.strictObject({ operationId, priceId: stripeId('price') })
export type PriceInput = z.infer<typeof priceInput>
