import { byParam, type Ctx } from '@/sandbox/context'
import {
  customFields,
  fiveYears,
  metadata,
  shippingFrom,
  shippingRule,
  timestamp,
} from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest } from '@/sandbox/http/errors'
import type { FormValue } from '@/sandbox/http/form'
import {
  bool,
  checked,
  clearable,
  hash,
  integer,
  list,
  oneOf,
  type Params,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import { editableFields } from '@/sandbox/lifecycle'
import { applyMoneyInput, moneyShape } from '@/sandbox/resources/invoice-money-input'
import { mergeSettings, paymentSettings } from '@/sandbox/resources/invoice-payment-settings'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { mergeRendering, renderingRule, restyles } from '@/sandbox/resources/invoice-rendering'
import { methodOfCustomer } from '@/sandbox/resources/payment-method-attach'
import { sourceOfCustomer } from '@/sandbox/resources/source-record'
import { settingsOf } from '@/sandbox/settings'

const day = 86_400

/** From when an open invoice begins to advance by itself to its next attempt, in seconds. */
const collectionDelay = 3600

const isEmpty = (value: FormValue) => value === ''
/** Who issues an invoice and owes its taxes; other accounts are Connect's. */
const ownAccount = hash({ type: required(oneOf('self')), account: unbuilt() })
const taxActivation = checked(
  bool,
  (isOn) => (isOn ? 'Stripe Tax is not activated in the sandbox.' : undefined),
  'stripe_tax_inactive',
)
/** What creation and update have in common. */
export const invoiceShape = {
  ...moneyShape,
  auto_advance: bool,
  automatic_tax: hash({ enabled: required(taxActivation), liability: ownAccount }),
  automatically_finalizes_at: timestamp,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  custom_fields: customFields,
  days_until_due: integer({ min: 0, max: 3650 }),
  default_payment_method: clearable(text(255)),
  description: clearable(text(1500)),
  due_date: timestamp,
  effective_at: clearable(timestamp),
  footer: clearable(text(5000)),
  issuer: ownAccount,
  metadata,
  number: clearable(text(26)),
  payment_settings: paymentSettings,
  rendering: renderingRule,
  shipping_details: clearable(shippingRule),
  statement_descriptor: checked(text(22), (value) =>
    /[A-Za-z]/.test(value) ? undefined : 'The statement descriptor must contain at least one letter.',
  ),
  account_tax_ids: clearable(list(text(255))),
  application_fee_amount: unbuilt(),
  default_source: clearable(text(255)),
  on_behalf_of: unbuilt(isEmpty),
  transfer_data: unbuilt(isEmpty),
}

export type InvoiceInput = Params<typeof invoiceShape>

/**
 * The draft as the input wants it; metadata is the caller's business.
 * @throws StripeError when fields contradict each other or what they name does not exist
 */
export function applyInput(ctx: Ctx, draft: InvoiceRecord, input: InvoiceInput): InvoiceRecord {
  const {
    automatic_tax: _t,
    automatically_finalizes_at: wanted,
    days_until_due: days,
    metadata: _m,
    ...rest
  } = input
  const {
    issuer: _i,
    payment_settings: settings,
    rendering,
    shipping_details: ship,
    due_date: due,
    default_tax_rates: _r,
    discounts: _d,
    shipping_cost: _s,
    ...plain
  } = rest
  for (const [index, id] of (plain.account_tax_ids ?? []).entries()) {
    checkAccountTaxId(ctx, id, `account_tax_ids[${index}]`)
  }
  if (plain.number) checkNumber(ctx, draft, plain.number)
  if (plain.default_payment_method) {
    methodOfCustomer(ctx, plain.default_payment_method, draft.customer, 'default_payment_method')
  }
  if (plain.default_source) sourceOfCustomer(ctx, plain.default_source, draft.customer, 'default_source')
  if (due !== undefined && days !== undefined) throw exclusiveParameters('due_date', 'days_until_due')
  const method = plain.collection_method ?? draft.collection_method
  const given = days === undefined ? due : draft.created + days * day
  const changed: InvoiceRecord = {
    ...applyMoneyInput(ctx, draft, input),
    ...plain,
    due_date: dueDate(draft, method, given),
    payment_settings: mergeSettings(draft.payment_settings, settings),
    rendering: mergeRendering(ctx, draft.rendering, rendering),
    shipping_details: ship === undefined ? draft.shipping_details : ship && shippingFrom(ship),
    wantedFinalizationAt: wanted ?? draft.wantedFinalizationAt,
  }
  if (wanted !== undefined) checkWantedTime(ctx, changed, wanted)
  return scheduled(ctx, changed)
}

/** A draft's times of finalization and collection follow from when it was created and whether it advances. */
function scheduled(ctx: Ctx, draft: InvoiceRecord): InvoiceRecord {
  if (!draft.auto_advance) {
    return {
      ...draft,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
      wantedFinalizationAt: null,
    }
  }
  const graceEnds = draft.created + settingsOf(ctx.store).account.grace_hours * 3600
  const collects = draft.collection_method === 'charge_automatically'
  return {
    ...draft,
    automatically_finalizes_at: draft.wantedFinalizationAt ?? graceEnds + 1,
    next_payment_attempt: collects ? (draft.wantedFinalizationAt ?? graceEnds) : null,
  }
}

function dueDate(draft: InvoiceRecord, method: string, given: number | undefined): number | null {
  if (method === 'charge_automatically') {
    if (given !== undefined) {
      throw invalidRequest(
        'You can only set `due_date` or `days_until_due` when `collection_method` is `send_invoice`.',
      )
    }
    return null
  }
  const due = given ?? draft.due_date
  if (due === null) {
    throw invalidRequest(
      'If invoice collection method is `send_invoice`, you must provide one of `due_date` or `days_until_due`.',
    )
  }
  return due
}

/** Only the account's own can be printed as its own. */
function checkAccountTaxId(ctx: Ctx, id: string, param: string): void {
  if (byParam(ctx, 'taxIds', id, param).holder === ctx.accountId) return
  throw invalidRequest(`The tax ID ${id} does not belong to this account.`, { param })
}

function checkNumber(ctx: Ctx, draft: InvoiceRecord, number: string): void {
  const holder = ctx.store
    .table('invoices')
    .by('number', number)
    .find(({ id }) => id !== draft.id)
  if (holder) {
    throw invalidRequest(`The invoice number ${number} is already used by another invoice.`, {
      param: 'number',
    })
  }
}

function checkWantedTime(ctx: Ctx, draft: InvoiceRecord, wanted: number): void {
  const param = 'automatically_finalizes_at'
  if (!draft.auto_advance) {
    throw invalidRequest('`automatically_finalizes_at` can only be set when `auto_advance` is true.', {
      param,
    })
  }
  if (wanted <= ctx.now || wanted > ctx.now + fiveYears) {
    throw invalidRequest('`automatically_finalizes_at` must be in the future, at most five years ahead.', {
      param,
    })
  }
}

/**
 * A finalized invoice with what its status still lets change.
 * @throws StripeError naming the first field that may not
 */
export function applyLateInput(ctx: Ctx, invoice: InvoiceRecord, input: InvoiceInput): InvoiceRecord {
  const {
    auto_advance: advances,
    default_payment_method: method,
    default_source: source,
    payment_settings: settings,
    rendering,
  } = input
  checkStillEditable(invoice, input)
  if (method) methodOfCustomer(ctx, method, invoice.customer, 'default_payment_method')
  if (source) sourceOfCustomer(ctx, source, invoice.customer, 'default_source')
  const changed: InvoiceRecord = {
    ...invoice,
    auto_advance: advances ?? invoice.auto_advance,
    default_payment_method: method === undefined ? invoice.default_payment_method : method,
    default_source: source === undefined ? invoice.default_source : source,
    payment_settings: mergeSettings(invoice.payment_settings, settings),
    rendering: mergeRendering(ctx, invoice.rendering, rendering),
  }
  if (advances === undefined || advances === invoice.auto_advance) return changed
  const collects = advances && invoice.collection_method === 'charge_automatically'
  return { ...changed, next_payment_attempt: collects ? ctx.now + collectionDelay : null }
}

/** Of the rendering, only the page size may change after finalization. */
function checkStillEditable({ status }: InvoiceRecord, input: InvoiceInput): void {
  const editable = status === 'draft' ? Object.keys(input) : editableFields[status]
  const param =
    Object.keys(input).find((field) => !editable.includes(field)) ??
    (restyles(input.rendering) ? 'rendering' : undefined)
  if (param !== undefined) throw invalidRequest("Finalized invoices can't be updated in this way.", { param })
}
