import { byParam, type Ctx, referred } from '@/sandbox/context'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { clearable, hash, type Params, text } from '@/sandbox/http/params'
import { figuresOf } from '@/sandbox/resources/invoice-figures'
import { type InvoiceRecord, itemsOf } from '@/sandbox/resources/invoice-record'
import { checkedRates, taxRatesRule } from '@/sandbox/resources/invoice-taxes'
import { discountsRule, redeemDiscounts } from '@/sandbox/resources/redeem-discounts'
import {
  createShippingRate,
  type ShippingRateRecord,
  shippingAmountIn,
  shippingRateShape,
} from '@/sandbox/resources/shipping-rate-record'

const shippingCostShape = { shipping_rate: text(255), shipping_rate_data: hash(shippingRateShape) }

/** What changes an invoice's sums without being a line of it; each is replaced as a whole and cleared by `""`. */
export const moneyShape = {
  default_tax_rates: taxRatesRule,
  discounts: discountsRule,
  shipping_cost: clearable(hash(shippingCostShape)),
}

/** @throws StripeError when something that the input names cannot be used */
export function applyMoneyInput(
  ctx: Ctx,
  draft: InvoiceRecord,
  input: Params<typeof moneyShape>,
): InvoiceRecord {
  const { default_tax_rates: rates, discounts, shipping_cost: shipping } = input
  const { discount: inherited } = referred(ctx, 'customers', draft.customer)
  return {
    ...draft,
    default_tax_rates:
      rates === undefined
        ? draft.default_tax_rates
        : checkedRates(ctx, rates ?? [], draft.default_tax_rates, 'default_tax_rates'),
    discounts:
      discounts === undefined
        ? draft.discounts
        : redeemDiscounts(
            ctx,
            discounts ?? [],
            {
              customer: draft.customer,
              invoice: draft.id,
              invoiceItem: null,
              currency: draft.currency,
              amount: () => figuresOf(ctx, draft, itemsOf(ctx, draft)).invoice.subtotal,
              known: [...draft.discounts, ...(inherited === null ? [] : [inherited])],
            },
            'discounts',
          ),
    shippingRate: shipping === undefined ? draft.shippingRate : shippingRateOf(ctx, shipping, draft.currency),
  }
}

function shippingRateOf(
  ctx: Ctx,
  cost: Params<typeof shippingCostShape> | null,
  currency: string,
): string | null {
  if (cost === null) return null
  const { shipping_rate: id, shipping_rate_data: data } = cost
  const [known, made] = ['shipping_cost[shipping_rate]', 'shipping_cost[shipping_rate_data]']
  if (id !== undefined && data) throw exclusiveParameters(known, made)
  if (data) return inCurrency(createShippingRate(ctx, data, made), currency, made)
  if (id === undefined) throw missingParameter(known)
  const rate = byParam(ctx, 'shippingRates', id, known)
  if (!rate.active) throw invalidRequest(`The shipping rate ${id} is not active.`, { param: known })
  return inCurrency(rate, currency, known)
}

function inCurrency(rate: ShippingRateRecord, currency: string, param: string): string {
  if (shippingAmountIn(rate, currency) !== undefined) return rate.id
  throw invalidRequest(`The shipping rate has no amount in the currency of the invoice (${currency}).`, {
    param,
  })
}
