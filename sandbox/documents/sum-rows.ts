import type { DiscountView, InvoiceView, SumsView, TaxView } from '@/sandbox/documents/invoice-view'
import type { Language } from '@/sandbox/languages/language'

/** `amount` as it is added up: negative for what is taken off. */
export type SumRow = { label: string; amount: number; isStrong?: true }

/** The rows under an invoice's lines, in printing order, without those that would say nothing. */
export function invoiceRows(view: InvoiceView, language: Language): SumRow[] {
  const { words } = language
  const { sums } = view
  const rows = totalRows(sums, view, language)
  // Nothing is due on a void invoice, although Stripe leaves its amounts as they were.
  if (view.state === 'void') return [...rows, { label: words.total, amount: sums.total, isStrong: true }]
  rows.push({ label: words.total, amount: sums.total })
  if (sums.balanceApplied !== 0) rows.push({ label: words.appliedBalance, amount: sums.balanceApplied })
  for (const { number, amount } of sums.credited) {
    rows.push({ label: `${words.creditNote} ${number}`, amount: -amount })
  }
  if (view.amountPaid !== 0) rows.push({ label: words.amountPaid, amount: -view.amountPaid })
  return [...rows, { label: words.amountDue, amount: view.amountRemaining, isStrong: true }]
}

/** From the subtotal to just before the total; inclusive tax is told and adds nothing. */
export function totalRows(
  sums: SumsView,
  { currency, taxDisplay }: Pick<InvoiceView, 'currency' | 'taxDisplay'>,
  language: Language,
): SumRow[] {
  const { words } = language
  const isNet = taxDisplay === 'excluded'
  const rows: SumRow[] = [
    { label: words.subtotal, amount: isNet ? sums.subtotalExcludingTax : sums.subtotal },
    ...sums.discounts.map((discount) => ({
      label: discountLabel(discount, language),
      amount: -discount.amount,
    })),
  ]
  const { shipping } = sums
  if (shipping) {
    rows.push({
      label: shipping.name === null ? words.shipping : `${words.shipping} (${shipping.name})`,
      amount: isNet ? shipping.amountExcludingTax : shipping.amount,
    })
  }
  if (sums.taxes.length > 0) rows.push({ label: words.totalExcludingTax, amount: sums.totalExcludingTax })
  return [
    ...rows,
    ...sums.taxes.map((tax) => ({ label: taxLabel(tax, currency, language), amount: tax.amount })),
  ]
}

/** "Spring sale (20% off)". */
export function discountLabel({ name, percentOff }: DiscountView, { words, percent }: Language): string {
  const share = percentOff === null ? null : words.percentOff(percent(percentOff))
  if (name === null) return share ?? words.discount
  return share === null ? name : `${name} (${share})`
}

/** "VAT – Germany (19% on €100.00)". */
function taxLabel(
  { name, percentage, isInclusive, taxable }: TaxView,
  currency: string,
  { words, percent, money }: Language,
): string {
  const sentence = isInclusive ? words.taxIncluded : words.taxOn
  return sentence(name, percent(percentage), money(taxable, currency))
}
