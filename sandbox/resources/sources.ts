import { cardByToken } from '@/sandbox/cards'
import type { Ctx } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import { mergeMetadata, metadata } from '@/sandbox/http/common-params'
import { endpoint, unbuiltEndpoint } from '@/sandbox/http/endpoint'
import { noSuch } from '@/sandbox/http/errors'
import { pageParams, slicePage } from '@/sandbox/http/pagination'
import { bool, integer, oneOf, type Params, required, text, unbuilt } from '@/sandbox/http/params'
import { changeCustomer, livingCustomer } from '@/sandbox/resources/customer-record'
import { checkAttachable } from '@/sandbox/resources/payment-method-attach'
import { createCardMethod } from '@/sandbox/resources/payment-method-new'
import type { CardMethod } from '@/sandbox/resources/payment-method-record'
import {
  forgetDefault,
  serializeSource,
  sourceOfCustomer,
  sourcesOf,
} from '@/sandbox/resources/source-record'
import type { Deleted } from '@/sandbox/wire'

/**
 * Saves the card behind a test token such as `tok_visa` the old way and tells of it. Which source is the customer's
 * default is the caller's business.
 * @throws StripeError 400 for another token, 402 for a card that declines already here unless it is not validated
 */
export function createSource(
  ctx: Ctx,
  customer: string,
  token: string,
  { validate = true, ...input }: { validate?: boolean; metadata?: Record<string, string> | null } = {},
): CardMethod {
  const card = token.startsWith('tok_') ? cardByToken(token.replace(/^tok_/, 'pm_card_')) : undefined
  if (!card) throw noSuch('token', token, 'source', 400)
  const blank = createCardMethod(ctx, card, { idPrefix: 'card' })
  if (validate) checkAttachable(blank, 'source')
  const source: CardMethod = { ...blank, customer, metadata: mergeMetadata({}, input.metadata) }
  ctx.store.put('paymentMethods', source)
  emit(ctx, 'customer.source.created', serializeSource(ctx, source))
  return source
}

const updateShape = {
  address_city: text(500),
  address_country: text(500),
  address_line1: text(500),
  address_line2: text(500),
  address_state: text(500),
  address_zip: text(500),
  exp_month: integer({ min: 1, max: 12 }),
  exp_year: integer({ min: 1, max: 9999 }),
  metadata,
  name: text(5000),
  account_holder_name: unbuilt(),
  account_holder_type: unbuilt(),
  owner: unbuilt(),
}

function updateSource(ctx: Ctx, source: CardMethod, input: Params<typeof updateShape>): CardMethod {
  const { address, name } = source.billing_details
  const changed: CardMethod = {
    ...source,
    billing_details: {
      ...source.billing_details,
      address: {
        city: input.address_city ?? address?.city ?? null,
        country: input.address_country ?? address?.country ?? null,
        line1: input.address_line1 ?? address?.line1 ?? null,
        line2: input.address_line2 ?? address?.line2 ?? null,
        postal_code: input.address_zip ?? address?.postal_code ?? null,
        state: input.address_state ?? address?.state ?? null,
      },
      name: input.name ?? name,
    },
    card: {
      ...source.card,
      exp_month: input.exp_month ?? source.card.exp_month,
      exp_year: input.exp_year ?? source.card.exp_year,
    },
    metadata: mergeMetadata(source.metadata, input.metadata),
  }
  ctx.store.put('paymentMethods', changed)
  emitUpdate(ctx, 'customer.source.updated', serializeSource(ctx, source), serializeSource(ctx, changed))
  return changed
}

/** Bank accounts saved the old way, which alone are verified, do not exist here. */
export const sourceEndpoints = [
  unbuiltEndpoint('POST /v1/customers/:id/sources/:source/verify'),
  endpoint({
    route: 'POST /v1/customers/:id/sources',
    returns: 'card',
    params: { metadata, source: required(text(255)), validate: bool },
    run(ctx, { source: token, ...input }, id) {
      livingCustomer(ctx, id, 'customer', 404)
      const source = createSource(ctx, id, token, input)
      const customer = livingCustomer(ctx, id, 'customer', 404)
      if (customer.default_source === null) changeCustomer(ctx, customer, { default_source: source.id })
      return serializeSource(ctx, source)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/sources',
    returns: 'list of card',
    params: { ...pageParams, object: oneOf('bank_account', 'card') },
    run(ctx, { object, ...page }, id) {
      livingCustomer(ctx, id, 'customer', 404)
      const sources = object === 'bank_account' ? [] : sourcesOf(ctx, id)
      const shown = sources.map((source) => serializeSource(ctx, source))
      return slicePage(shown, page, `/v1/customers/${id}/sources`)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/sources/:source',
    returns: 'card',
    run: (ctx, _, id, source) => serializeSource(ctx, sourceOfCustomer(ctx, source, id, 'id', 404)),
  }),
  endpoint({
    route: 'POST /v1/customers/:id/sources/:source',
    returns: 'card',
    params: updateShape,
    run: (ctx, input, id, source) =>
      serializeSource(ctx, updateSource(ctx, sourceOfCustomer(ctx, source, id, 'id', 404), input)),
  }),
  endpoint({
    route: 'DELETE /v1/customers/:id/sources/:source',
    returns: 'card',
    run(ctx, _, id, sourceId) {
      const source = sourceOfCustomer(ctx, sourceId, id, 'id', 404)
      // The row stays: charges name it.
      ctx.store.put('paymentMethods', { ...source, customer: null, isDetached: true })
      emit(ctx, 'customer.source.deleted', serializeSource(ctx, source))
      forgetDefault(ctx, livingCustomer(ctx, id, 'customer', 404), sourceId)
      return { id: sourceId, object: 'card', deleted: true } satisfies Deleted<'card'>
    },
  }),
]
