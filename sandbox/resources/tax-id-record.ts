import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import { invalidRequest } from '@/sandbox/http/errors'
import { hash, oneOf, type Rule, required, text } from '@/sandbox/http/params'
import type { CustomerRecord } from '@/sandbox/resources/customer-record'
import { isTaxIdValue, taxIdCountry, taxIdTypes, verificationOutcome } from '@/sandbox/tax-id-formats'
import { setTimer } from '@/sandbox/timers'
import type { Deleted, Wire, WireList } from '@/sandbox/wire'

type TaxId = Wire<Stripe.TaxId>

/** `holder` is the customer's id, or the account's for its own. */
export type TaxIdRecord = TaxId & {
  holder: string
  customer: string | null
  verification: NonNullable<TaxId['verification']>
}

/** What a customer and the account can have of them. */
const mostOfCustomer = 5
const mostOfAccount = 100

/** How long the offices take to answer, in seconds. */
const verificationTime = 10

export const taxIdShape = { type: required(oneOf(...taxIdTypes)), value: required(text(255)) }

export function serializeTaxId(_ctx: Ctx, { holder: _, ...taxId }: TaxIdRecord) {
  return taxId satisfies TaxId
}

export function deletedTaxId(id: string) {
  return { id, object: 'tax_id', deleted: true } satisfies Deleted<'tax_id'>
}

/** What expanding answers: deleted ones are still named by the invoices that show them. */
export function showTaxId(ctx: Ctx, id: string) {
  const taxId = ctx.store.get('taxIds', id)
  return taxId ? serializeTaxId(ctx, taxId) : deletedTaxId(id)
}

/** @throws StripeError when the value is not written as its type wants it */
function checkTaxId({ type, value }: { type: string; value: string }, at: string): void {
  if (isTaxIdValue(type, value)) return
  throw invalidRequest(`Invalid value for ${type}.`, {
    code: 'tax_id_invalid',
    param: at === '' ? 'value' : `${at}[value]`,
  })
}

const unchecked = hash(taxIdShape)

/** A tax id that is only told and not kept. */
export const taxIdRule: Rule<{ type: string; value: string }> = {
  read(value, at, reading) {
    const taxId = unchecked.read(value, at, reading)
    checkTaxId(taxId, at)
    return taxId
  },
}

/** Those of a customer or of the account, oldest first. */
export function taxIdsOf(ctx: Ctx, holder: string): TaxIdRecord[] {
  return ctx.store.table('taxIds').by('holder', holder)
}

/** The list that a customer shows when asked to. */
export function taxIdListOf(ctx: Ctx, customer: string): WireList<TaxId> {
  const taxIds = taxIdsOf(ctx, customer).reverse()
  return {
    object: 'list',
    data: taxIds.slice(0, 10).map((taxId) => serializeTaxId(ctx, taxId)),
    has_more: taxIds.length > 10,
    url: `/v1/customers/${customer}/tax_ids`,
  }
}

/**
 * Writes a tax id; its verification is answered later. A customer's is told by an event, drafts are the caller's
 * business.
 * @param owner null is the account
 * @param at the parameters' place in the request, for refusals
 * @throws StripeError `tax_id_invalid`, or when the owner has as many as it can
 */
export function createTaxId(
  ctx: Ctx,
  owner: CustomerRecord | null,
  { type, value }: { type: string; value: string },
  at = '',
): TaxIdRecord {
  checkTaxId({ type, value }, at)
  const holder = owner?.id ?? ctx.accountId
  const most = owner ? mostOfCustomer : mostOfAccount
  if (taxIdsOf(ctx, holder).length >= most) {
    throw invalidRequest(`You cannot have more than ${most} tax IDs here.`, {
      param: at === '' ? 'type' : at,
    })
  }
  const outcome = verificationOutcome(type, value)
  const taxId: TaxIdRecord = {
    id: ctx.newId('txi'),
    object: 'tax_id',
    country: taxIdCountry(type, value),
    created: ctx.now,
    holder,
    customer: owner?.id ?? null,
    customer_account: null,
    livemode: false,
    owner: owner
      ? { customer: owner.id, customer_account: null, type: 'customer' }
      : { customer_account: null, type: 'self' },
    type,
    value,
    verification: {
      status: outcome === 'unavailable' ? 'unavailable' : 'pending',
      verified_address: null,
      verified_name: null,
    },
  }
  ctx.store.put('taxIds', taxId)
  if (owner) emit(ctx, 'customer.tax_id.created', serializeTaxId(ctx, taxId))
  if (outcome === 'verified' || outcome === 'unverified') {
    setTimer(ctx, 'tax_id.verify', taxId.id, ctx.now + verificationTime)
  }
  return taxId
}

export function deleteTaxId(ctx: Ctx, taxId: TaxIdRecord): void {
  ctx.store.drop('taxIds', taxId.id)
  setTimer(ctx, 'tax_id.verify', taxId.id, null)
  if (taxId.customer) emit(ctx, 'customer.tax_id.deleted', serializeTaxId(ctx, taxId))
}

/** What becomes of a deleted customer's: they go with it, untold. */
export function forgetTaxIds(ctx: Ctx, customer: string): void {
  for (const { id } of taxIdsOf(ctx, customer)) {
    ctx.store.drop('taxIds', id)
    setTimer(ctx, 'tax_id.verify', id, null)
  }
}

/** The office answers. What it found is who the customer says to be: there is nobody else to ask. */
export function verifyTaxId(ctx: Ctx, id: string): void {
  const taxId = ctx.store.get('taxIds', id)
  if (taxId?.verification.status !== 'pending') return
  const isFound = verificationOutcome(taxId.type, taxId.value) === 'verified'
  const owner = taxId.customer ? ctx.store.get('customers', taxId.customer) : undefined
  const verified: TaxIdRecord = {
    ...taxId,
    verification: {
      status: isFound ? 'verified' : 'unverified',
      verified_address: isFound && owner ? addressOf(owner) : null,
      verified_name: isFound ? (owner?.name ?? null) : null,
    },
  }
  ctx.store.put('taxIds', verified)
  if (!taxId.customer) return
  emitUpdate(ctx, 'customer.tax_id.updated', serializeTaxId(ctx, taxId), serializeTaxId(ctx, verified))
}

function addressOf({ address }: CustomerRecord): string | null {
  if (!address) return null
  const { line1, line2, postal_code, city, state, country } = address
  const known = [line1, line2, postal_code, city, state, country].filter((part) => part !== null)
  return known.length === 0 ? null : known.join(', ')
}
