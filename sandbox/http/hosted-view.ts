import type { Ctx } from '@/sandbox/context'
import { documentPath } from '@/sandbox/document-links'
import type { InvoiceState, InvoiceView, LinkedDocument, PayableWith } from '@/sandbox/documents/invoice-view'
import type { Party } from '@/sandbox/documents/party'
import { paymentsOf } from '@/sandbox/http/hosted-payments'
import { lineView, sumsOf } from '@/sandbox/http/hosted-sums'
import { accountAddress, accountName, supportEmail } from '@/sandbox/resources/account'
import { isPaymentUnderway } from '@/sandbox/resources/invoice-payment-default'
import { type InvoiceRecord, itemsOf } from '@/sandbox/resources/invoice-record'
import { printedStyle } from '@/sandbox/resources/invoice-rendering'

/** What the customer may see of a finalized invoice. @throws Error for a draft, which has no page */
export function invoiceView(ctx: Ctx, invoice: InvoiceRecord): InvoiceView {
  const { status_transitions: moments } = invoice
  const path = `${ctx.accountId}/${invoice.token}`
  const items = itemsOf(ctx, invoice)
  const style = printedStyle(ctx, invoice)
  return {
    state: stateOf(ctx, invoice),
    number: invoice.number ?? '',
    currency: invoice.currency,
    issuedAt: invoice.effective_at ?? invoice.created,
    dueAt: invoice.due_date,
    paidAt: moments.paid_at,
    voidedAt: moments.voided_at,
    seller: sellerOf(ctx, invoice),
    customer: customerOf(invoice),
    shipTo: shipToOf(invoice),
    lines: items.map((item) => lineView(ctx, item)),
    sums: sumsOf(ctx, invoice, items),
    amountDue: invoice.amount_due,
    amountPaid: invoice.amount_paid,
    amountRemaining: invoice.amount_remaining,
    isReverseCharge: invoice.customer_tax_exempt === 'reverse',
    memo: style.memo,
    footer: style.footer,
    customFields: style.custom_fields ?? [],
    payments: paymentsOf(ctx, invoice),
    creditNotes: creditNotesOf(ctx, invoice),
    olderVersions: olderVersionsOf(ctx, invoice),
    methods: methodsOf(invoice),
    pageSize: pageSizeOf(style.page_size, invoice),
    taxDisplay: style.amount_tax_display === 'exclude_tax' ? 'excluded' : 'included',
    urls: {
      page: `${ctx.origin}/i/${path}`,
      pay: `/i/${path}`,
      challenge: `/i/${path}/challenge`,
      newLink: `/i/${path}/link`,
      pdf: `/invoice/${path}/pdf`,
    },
  }
}

function stateOf(ctx: Ctx, invoice: InvoiceRecord): InvoiceState {
  const { status, due_date: due } = invoice
  if (status === 'draft') throw new Error('A draft has no hosted page')
  if (status === 'paid' || status === 'void') return status
  if (isPaymentUnderway(ctx, invoice)) return 'processing'
  if (status === 'uncollectible') return status
  return due !== null && due < ctx.now ? 'past_due' : 'open'
}

function sellerOf(ctx: Ctx, { account_tax_ids: ids }: InvoiceRecord): Party {
  const taxIds = (ids ?? []).flatMap((id) => ctx.store.get('taxIds', id) ?? [])
  return {
    name: accountName,
    email: supportEmail,
    phone: null,
    address: accountAddress,
    taxIds: taxIds.map(({ type, value }) => ({ type, value })),
  }
}

/** Without an address of its own the customer is billed where the goods go. */
function customerOf(invoice: InvoiceRecord): Party {
  const { customer_name: name, customer_email: email, customer_shipping: shipping } = invoice
  return {
    name: name ?? email ?? '',
    email: name === null ? null : email,
    phone: invoice.customer_phone,
    address: invoice.customer_address ?? shipping?.address ?? null,
    taxIds: (invoice.customer_tax_ids ?? []).map(({ type, value }) => ({ type, value })),
  }
}

function shipToOf({ shipping_details: own, customer_shipping: customers }: InvoiceRecord): Party | null {
  const { name, phone, address } = own ?? customers ?? {}
  if (!address) return null
  return { name: name ?? '', email: null, phone: phone ?? null, address, taxIds: [] }
}

function creditNotesOf(ctx: Ctx, invoice: InvoiceRecord): LinkedDocument[] {
  return ctx.store
    .table('creditNotes')
    .by('invoice', invoice.id)
    .map((note) => ({
      number: note.number,
      issuedAt: note.effective_at ?? note.created,
      amount: note.total,
      isVoid: note.status === 'void',
      pdf: `${documentPath(ctx, 'credit_notes', note.id)}/pdf`,
    }))
}

function olderVersionsOf(ctx: Ctx, invoice: InvoiceRecord): LinkedDocument[] {
  const older = invoice.from_invoice && ctx.store.get('invoices', invoice.from_invoice.invoice)
  if (!older || older.token === null) return []
  const document: LinkedDocument = {
    number: older.number ?? '',
    issuedAt: older.effective_at ?? older.created,
    amount: older.total,
    isVoid: older.status === 'void',
    pdf: `/invoice/${ctx.accountId}/${older.token}/pdf`,
  }
  return [document, ...olderVersionsOf(ctx, older)]
}

/** Everywhere else A4 is what printers hold. */
const lettersUsedIn = new Set(['US', 'CA', 'MX'])

const debitOf: Record<string, PayableWith> = { usd: 'us_bank_account', eur: 'sepa_debit' }

/** What an invoice can be paid with on its page: a card and the debit of its currency, unless it names methods. */
export function methodsOf({
  currency,
  payment_settings: { payment_method_types: wanted },
}: InvoiceRecord): PayableWith[] {
  const debit = debitOf[currency]
  const offered: PayableWith[] = debit === undefined ? ['card'] : ['card', debit]
  return wanted ? offered.filter((method) => wanted.some((type) => type === method)) : offered
}

function pageSizeOf(
  size: string | null,
  { customer_address: address }: InvoiceRecord,
): InvoiceView['pageSize'] {
  if (size === 'a4') return 'a4'
  if (size === 'letter') return 'letter'
  return lettersUsedIn.has(address?.country ?? '') ? 'letter' : 'a4'
}
