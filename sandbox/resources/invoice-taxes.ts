import { byParam, type Ctx } from '@/sandbox/context'
import { amount } from '@/sandbox/http/common-params'
import { invalidRequest } from '@/sandbox/http/errors'
import { clearable, hash, list, oneOf, type Params, required, text } from '@/sandbox/http/params'
import type { InvoiceItemRecord, LineTax } from '@/sandbox/resources/invoice-item-record'
import { taxRateDataShape, taxRateFrom } from '@/sandbox/resources/tax-rate-record'

/** Ids of tax rates, for invoices, items and lines; `""` is none. */
export const taxRatesRule = clearable(list(text(255), 10))

const taxAmountShape = {
  amount: required(amount),
  tax_rate_data: required(hash(taxRateDataShape)),
  taxability_reason: oneOf(
    'customer_exempt',
    'not_collecting',
    'not_subject_to_tax',
    'not_supported',
    'portion_product_exempt',
    'portion_reduced_rated',
    'portion_standard_rated',
    'product_exempt',
    'product_exempt_holiday',
    'proportionally_rated',
    'reduced_rated',
    'reverse_charge',
    'standard_rated',
    'taxable_basis_reduced',
    'zero_rated',
  ),
  taxable_amount: required(amount),
}

/** Taxes of a line that the caller has calculated; `""` has them calculated again. */
export const taxAmountsRule = clearable(list(hash(taxAmountShape), 20))

/**
 * The rates that the ids name.
 * @param current ids that are set already: archived rates stay where they are, and go nowhere else
 * @throws StripeError when one does not exist, is archived or named twice
 */
export function checkedRates(
  ctx: Ctx,
  ids: readonly string[],
  current: readonly string[],
  at: string,
): string[] {
  return ids.map((id, index) => {
    const param = `${at}[${index}]`
    const rate = byParam(ctx, 'taxRates', id, param)
    if (ids.indexOf(id) < index) throw invalidRequest(`The tax rate ${id} is given twice.`, { param })
    if (!rate.active && !current.includes(id)) {
      throw invalidRequest(`The tax rate ${id} is archived and cannot be newly applied.`, { param })
    }
    return id
  })
}

/** The taxes of a line as the caller has calculated them; Stripe makes a rate for each. */
export function givenTaxes(ctx: Ctx, amounts: readonly Params<typeof taxAmountShape>[]): LineTax[] {
  return amounts.map((tax) => ({
    amount: tax.amount,
    tax_behavior: tax.tax_rate_data.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: taxRateFrom(ctx, tax.tax_rate_data).id },
    taxability_reason: tax.taxability_reason ?? 'not_available',
    taxable_amount: tax.taxable_amount,
    type: 'tax_rate_details',
  }))
}

/** @throws StripeError when some lines have taxes that were calculated elsewhere and there are rates beside them */
export function refuseMixedTaxes(defaultRates: readonly string[], items: readonly InvoiceItemRecord[]): void {
  const hasRates = defaultRates.length > 0 || items.some(({ tax_rates: rates }) => rates.length > 0)
  if (!hasRates || items.every(({ taxAmounts }) => taxAmounts === null)) return
  throw invalidRequest(
    'You cannot set tax amounts if any line item has tax_rates or if the invoice has default_tax_rates.',
  )
}
