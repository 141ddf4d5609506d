import type { Ctx } from '@/sandbox/context'
import {
  addressShape,
  amount,
  customFields,
  mergeAddress,
  mergeMetadata,
  metadata,
} from '@/sandbox/http/common-params'
import { invalidRequest, missingParameter } from '@/sandbox/http/errors'
import {
  bool,
  checked,
  clearable,
  hash,
  integer,
  legacy,
  list,
  oneOf,
  type Params,
  text,
} from '@/sandbox/http/params'
import { cashBalanceSettings, reconciliationFrom } from '@/sandbox/resources/cash-balance-record'
import { changeDiscount } from '@/sandbox/resources/customer-discount'
import { type Customer, type CustomerRecord, numbersByAccount } from '@/sandbox/resources/customer-record'
import { checkLocation, taxRule } from '@/sandbox/resources/customer-tax'
import { amountTaxDisplay } from '@/sandbox/resources/invoice-rendering'
import { methodOfCustomer } from '@/sandbox/resources/payment-method-attach'
import { usableTemplate } from '@/sandbox/resources/rendering-template-record'

const email = checked(
  text(512),
  (value) => (/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(value) ? undefined : `Invalid email address: ${value}`),
  'email_invalid',
)
const prefix = checked(text(12), (value) =>
  /^[A-Z0-9]{1,12}$/.test(value) ? undefined : 'Invoice prefixes must be 1-12 uppercase letters or numbers.',
)

const invoiceSettingsShape = {
  custom_fields: customFields,
  default_payment_method: clearable(text(255)),
  footer: clearable(text(5000)),
  rendering_options: clearable(
    hash({ amount_tax_display: amountTaxDisplay, template: clearable(text(255)) }),
  ),
}
const shippingShape = {
  name: text(5000),
  phone: clearable(text(20)),
  address: hash(addressShape),
}

/** What creation and update have in common. */
export const customerShape = {
  address: clearable(hash(addressShape)),
  balance: amount,
  business_name: clearable(text(150)),
  cash_balance: hash({ settings: cashBalanceSettings }),
  // Gone from the API, and still sent by `stripe trigger`.
  coupon: legacy(clearable(text(255))),
  description: clearable(text(5000)),
  email: clearable(email),
  individual_name: clearable(text(150)),
  invoice_prefix: prefix,
  invoice_settings: hash(invoiceSettingsShape),
  metadata,
  name: clearable(text(256)),
  next_invoice_sequence: integer({ min: 1, max: 1_000_000_000 }),
  phone: clearable(text(20)),
  preferred_locales: clearable(list(text(35))),
  shipping: clearable(hash(shippingShape)),
  source: text(255),
  tax: taxRule,
  tax_exempt: clearable(oneOf('none', 'exempt', 'reverse')),
  validate: bool,
}

/** The balance and a new source move other rows too; they are the endpoints' business. */
type CustomerInput = Omit<Params<typeof customerShape>, 'balance' | 'source' | 'validate'>

/**
 * What the input makes of the customer.
 * @throws StripeError for what is taken, used up or belongs to somebody else
 */
export function changeFrom(
  ctx: Ctx,
  customer: CustomerRecord,
  input: CustomerInput,
): Partial<CustomerRecord> {
  const {
    coupon,
    metadata: keys,
    address,
    shipping,
    invoice_settings: settings,
    cash_balance: cash,
    ...rest
  } = input
  const {
    preferred_locales: locales,
    tax,
    tax_exempt: exempt,
    business_name,
    individual_name,
    ...plain
  } = rest
  const change: Partial<CustomerRecord> = { ...plain, metadata: mergeMetadata(customer.metadata, keys) }
  if (coupon !== undefined) change.discount = changeDiscount(ctx, customer, coupon)
  if (locales !== undefined) change.preferred_locales = locales ?? []
  if (exempt !== undefined) change.tax_exempt = exempt ?? 'none'
  if (business_name !== undefined) change.business_name = business_name ?? undefined
  if (individual_name !== undefined) change.individual_name = individual_name ?? undefined
  if (address !== undefined) change.address = address && mergeAddress(customer.address, address)
  if (shipping !== undefined) change.shipping = shipping && mergeShipping(customer.shipping, shipping)
  if (settings) change.invoice_settings = mergeInvoiceSettings(ctx, customer, settings)
  if (cash?.settings) change.reconciliation = reconciliationFrom(cash.settings, customer.reconciliation)
  if (tax?.ip_address !== undefined) change.ipAddress = tax.ip_address ?? undefined
  if (tax) checkLocation({ ...customer, ...change }, tax)
  return { ...change, ...numberingFrom(ctx, customer, input) }
}

/** `shipping` without any key changes nothing; the first time it needs a name and an address. */
function mergeShipping(
  current: Customer['shipping'],
  change: Params<typeof shippingShape>,
): Customer['shipping'] {
  if (Object.keys(change).length === 0) return current
  const name = change.name ?? current?.name
  if (name === undefined) throw missingParameter('shipping[name]')
  if (!change.address && !current?.address) throw missingParameter('shipping[address]')
  return {
    name,
    phone: change.phone === undefined ? (current?.phone ?? null) : change.phone,
    address: mergeAddress(current?.address, change.address ?? {}),
  }
}

function mergeInvoiceSettings(
  ctx: Ctx,
  customer: CustomerRecord,
  change: Params<typeof invoiceSettingsShape>,
): Customer['invoice_settings'] {
  const { default_payment_method: method, rendering_options: rendering, ...plain } = change
  if (method) methodOfCustomer(ctx, method, customer.id, 'invoice_settings[default_payment_method]')
  const current = customer.invoice_settings
  const settings = {
    ...current,
    ...plain,
    default_payment_method: method === undefined ? current.default_payment_method : method,
  }
  if (rendering === undefined) return settings
  if (rendering?.template)
    usableTemplate(ctx, rendering.template, 'invoice_settings[rendering_options][template]')
  const none = { amount_tax_display: null, template: null }
  return {
    ...settings,
    rendering_options: rendering && { ...none, ...current.rendering_options, ...rendering },
  }
}

/** An account that numbers its invoices in one sequence takes none for a customer, and does not mind it. */
function numberingFrom(ctx: Ctx, customer: CustomerRecord, input: CustomerInput): Partial<CustomerRecord> {
  const { invoice_prefix: prefix = customer.invoice_prefix, next_invoice_sequence: wanted } = input
  if (prefix && prefix !== customer.invoice_prefix && !isPrefixFree(ctx, prefix, customer.id)) {
    throw invalidRequest(`The invoice prefix ${prefix} is already used by another customer.`, {
      param: 'invoice_prefix',
    })
  }
  const used = customer.next_invoice_sequence
  if (wanted === undefined || numbersByAccount(ctx))
    return { invoice_prefix: prefix, next_invoice_sequence: used }
  if (wanted < used) {
    throw invalidRequest(`next_invoice_sequence must be at least ${used}: smaller ones have been used.`, {
      param: 'next_invoice_sequence',
    })
  }
  return { invoice_prefix: prefix, next_invoice_sequence: wanted }
}

/** A random prefix that nobody has had. */
export function newPrefix(ctx: Ctx, forCustomer: string): string {
  for (;;) {
    const prefix = ctx.newToken(8).toUpperCase()
    if (isPrefixFree(ctx, prefix, forCustomer)) return prefix
  }
}

/** Prefixes stay with their customer, also those it does not use any more and those of deleted customers. */
function isPrefixFree(ctx: Ctx, prefix: string, forCustomer: string): boolean {
  const retired = ctx.store.get('retiredPrefixes', prefix)
  const holders = ctx.store.table('customers').by('invoice_prefix', prefix)
  return [...holders.map(({ id }) => id), ...(retired ? [retired.customer] : [])].every(
    (id) => id === forCustomer,
  )
}
