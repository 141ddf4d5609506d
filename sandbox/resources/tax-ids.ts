import { atPath, type Ctx } from '@/sandbox/context'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, missingParameter, noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { hash, oneOf, type Params, required, text, unbuilt } from '@/sandbox/http/params'
import { type CustomerRecord, livingCustomer } from '@/sandbox/resources/customer-record'
import { refreshDrafts } from '@/sandbox/resources/invoice-record'
import {
  createTaxId,
  deletedTaxId,
  deleteTaxId,
  serializeTaxId,
  type TaxIdRecord,
  taxIdShape,
} from '@/sandbox/resources/tax-id-record'

/** Accounts and applications own tax ids with Connect only. */
const ownerShape = {
  type: required(oneOf('account', 'application', 'customer', 'self')),
  account: unbuilt(),
  customer: text(255),
  customer_account: unbuilt(),
}

/** The customer that the owner is, or null for the account. @throws StripeError */
function ownerOf(ctx: Ctx, owner: Params<typeof ownerShape> = { type: 'self' }): CustomerRecord | null {
  const { type, customer } = owner
  if (type === 'account' || type === 'application') {
    throw invalidRequest(`The sandbox has no Connect, so no tax IDs of an ${type}.`, { param: 'owner[type]' })
  }
  if (type === 'self' && customer !== undefined) throw exclusiveParameters('owner[customer]', 'owner[type]')
  if (type === 'self') return null
  if (customer === undefined) throw missingParameter('owner[customer]')
  return livingCustomer(ctx, customer, 'owner[customer]', 400)
}

function addTo(ctx: Ctx, owner: CustomerRecord | null, input: Params<typeof taxIdShape>): TaxIdRecord {
  const taxId = createTaxId(ctx, owner, input)
  if (owner) refreshDrafts(ctx, owner)
  return taxId
}

function remove(ctx: Ctx, taxId: TaxIdRecord) {
  deleteTaxId(ctx, taxId)
  if (taxId.customer) refreshDrafts(ctx, livingCustomer(ctx, taxId.customer, 'customer', 404))
  return deletedTaxId(taxId.id)
}

function listOf(ctx: Ctx, holder: string, url: string, page: Params<typeof pageParams>) {
  return listPage(ctx, 'taxIds', page, {
    url,
    among: { holder },
    show: (taxId) => serializeTaxId(ctx, taxId),
  })
}

function taxIdOf(ctx: Ctx, customerId: string, id: string): TaxIdRecord {
  livingCustomer(ctx, customerId, 'customer', 404)
  const taxId = atPath(ctx, 'taxIds', id)
  if (taxId.customer !== customerId) throw noSuch('tax_id', id, 'id', 404)
  return taxId
}

export const taxIdEndpoints = [
  endpoint({
    route: 'POST /v1/tax_ids',
    returns: 'tax_id',
    params: { ...taxIdShape, owner: hash(ownerShape) },
    run: (ctx, { owner, ...input }) => serializeTaxId(ctx, addTo(ctx, ownerOf(ctx, owner), input)),
  }),
  endpoint({
    route: 'GET /v1/tax_ids/:id',
    returns: 'tax_id',
    run: (ctx, _, id) => serializeTaxId(ctx, atPath(ctx, 'taxIds', id)),
  }),
  endpoint({
    route: 'GET /v1/tax_ids',
    returns: 'list of tax_id',
    params: { ...pageParams, owner: hash(ownerShape) },
    run: (ctx, { owner, ...page }) =>
      listOf(ctx, ownerOf(ctx, owner)?.id ?? ctx.accountId, '/v1/tax_ids', page),
  }),
  endpoint({
    route: 'DELETE /v1/tax_ids/:id',
    returns: 'tax_id',
    run: (ctx, _, id) => remove(ctx, atPath(ctx, 'taxIds', id)),
  }),
  endpoint({
    route: 'POST /v1/customers/:id/tax_ids',
    returns: 'tax_id',
    params: taxIdShape,
    run: (ctx, input, id) => serializeTaxId(ctx, addTo(ctx, livingCustomer(ctx, id, 'customer', 404), input)),
  }),
  endpoint({
    route: 'GET /v1/customers/:id/tax_ids/:tax_id',
    returns: 'tax_id',
    run: (ctx, _, id, taxId) => serializeTaxId(ctx, taxIdOf(ctx, id, taxId)),
  }),
  endpoint({
    route: 'GET /v1/customers/:id/tax_ids',
    returns: 'list of tax_id',
    params: pageParams,
    run(ctx, page, id) {
      livingCustomer(ctx, id, 'customer', 404)
      return listOf(ctx, id, `/v1/customers/${id}/tax_ids`, page)
    },
  }),
  endpoint({
    route: 'DELETE /v1/customers/:id/tax_ids/:tax_id',
    returns: 'tax_id',
    run: (ctx, _, id, taxId) => remove(ctx, taxIdOf(ctx, id, taxId)),
  }),
]
