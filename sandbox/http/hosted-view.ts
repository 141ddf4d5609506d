import { type Ctx, referred } from '@/sandbox/context'
import type { HostedInvoice, HostedLine, HostedParty, HostedState } from '@/sandbox/hosted/hosted-invoice'
import type { Address } from '@/sandbox/http/common-params'
import { accountName, supportEmail } from '@/sandbox/resources/account'
import type { InvoiceItemRecord } from '@/sandbox/resources/invoice-item-record'
import { type InvoiceRecord, itemsOf } from '@/sandbox/resources/invoice-record'
import { printedStyle } from '@/sandbox/resources/invoice-rendering'

/** What the customer may see of a finalized invoice. @throws Error for a draft, which has no page */
export function hostedView(ctx: Ctx, invoice: InvoiceRecord): HostedInvoice {
  const { status_transitions: moments, amount_due: amountDue, total } = invoice
  const path = `${ctx.accountId}/${invoice.token}`
  const style = printedStyle(ctx, invoice)
  return {
    state: stateOf(ctx, invoice),
    number: invoice.number ?? '',
    currency: invoice.currency,
    issuedAt: invoice.effective_at ?? invoice.created,
    dueAt: invoice.due_date,
    paidAt: moments.paid_at,
    voidedAt: moments.voided_at,
    seller: { name: accountName, email: supportEmail, address: [] },
    customer: customerOf(invoice),
    lines: itemsOf(ctx, invoice).map((item) => lineOf(ctx, item)),
    subtotal: invoice.subtotal,
    adjustments: [],
    total,
    balanceApplied: amountDue - total,
    amountDue,
    amountPaid: invoice.amount_paid,
    amountRemaining: invoice.amount_remaining,
    memo: style.memo,
    footer: style.footer,
    customFields: style.custom_fields ?? [],
    pageSize: pageSizeOf(style.page_size, invoice.customer_address),
    urls: {
      page: `${ctx.origin}/i/${path}`,
      pay: `/i/${path}`,
      challenge: `/i/${path}/challenge`,
      pdf: `/invoice/${path}/pdf`,
    },
  }
}

function stateOf(ctx: Ctx, { status, due_date: due }: InvoiceRecord): HostedState {
  if (status === 'draft') throw new Error('A draft has no hosted page')
  if (status !== 'open') return status
  return due !== null && due < ctx.now ? 'past_due' : 'open'
}

function customerOf(invoice: InvoiceRecord): HostedParty {
  const { customer_name: name, customer_email: email, customer_address: address } = invoice
  return { name: name ?? email ?? 'Customer', email: name === null ? null : email, address: printed(address) }
}

const countries = new Intl.DisplayNames('en-US', { type: 'region', fallback: 'code' })

function printed(address: Address | null): string[] {
  if (!address) return []
  const { line1, line2, postal_code, city, state, country } = address
  const place = [postal_code, city, state].filter((part) => part !== null).join(' ')
  const land = country && /^[A-Z]{2}$/.test(country) ? countries.of(country) : country
  return [line1, line2, place, land].filter((line): line is string => Boolean(line))
}

/** Lines with a bare amount show neither quantity nor unit price: nobody said any. */
function lineOf(ctx: Ctx, item: InvoiceItemRecord): HostedLine {
  const { price, product } = item.pricing.price_details
  const isBare =
    item.quantity_decimal === '1' &&
    referred(ctx, 'prices', price).adHoc &&
    referred(ctx, 'products', product).adHoc
  return {
    description: item.description ?? referred(ctx, 'products', product).name,
    quantity: isBare ? null : item.quantity_decimal,
    unitAmount: isBare ? null : item.pricing.unit_amount_decimal,
    amount: item.amount,
    period: item.period,
  }
}

function pageSizeOf(size: string | null, address: Address | null): 'a4' | 'letter' {
  if (size === 'a4') return 'a4'
  if (size === 'letter') return 'letter'
  return address?.country === 'US' || address?.country === 'CA' ? 'letter' : 'a4'
}
