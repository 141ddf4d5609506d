import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import {
  bool,
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
import { checkSecret } from '@/sandbox/resources/client-secret'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { mandateData, returnUrl } from '@/sandbox/resources/payment-intent-shape'
import { chosenMethod, methodChoiceShape } from '@/sandbox/resources/payment-method-choice'
import { anyType } from '@/sandbox/resources/payment-method-types'
import {
  confirmSetup,
  moveSetup,
  unexpectedSetup,
  verifySetup,
} from '@/sandbox/resources/setup-intent-confirm'
import { type SetupIntentRecord, serializeSetupIntent } from '@/sandbox/resources/setup-intent-record'

const methodOf = {
  ...methodChoiceShape,
  payment_method_options: unbuilt(),
}

const updateShape = {
  ...methodOf,
  allowed_payment_method_types: clearable(list(anyType)),
  attach_to_self: unbuilt((value) => value === 'false'),
  customer: text(255),
  customer_account: unbuilt(),
  description: clearable(text(1000)),
  excluded_payment_method_types: clearable(list(anyType)),
  flow_directions: unbuilt(),
  metadata,
  payment_method_configuration: unbuilt(),
}

const confirmShape = {
  ...methodOf,
  allowed_payment_method_types: list(anyType),
  client_secret: text(255),
  confirmation_token: unbuilt(),
  mandate_data: mandateData,
  return_url: returnUrl,
  use_stripe_sdk: bool,
}

const createShape = {
  ...updateShape,
  automatic_payment_methods: hash({ enabled: required(bool), allow_redirects: oneOf('always', 'never') }),
  confirm: bool,
  confirmation_token: unbuilt(),
  mandate_data: mandateData,
  on_behalf_of: unbuilt(),
  return_url: returnUrl,
  single_use: unbuilt(),
  usage: oneOf('off_session', 'on_session'),
  use_stripe_sdk: bool,
}

function createSetup(ctx: Ctx, params: Params<typeof createShape>): SetupIntentRecord {
  const id = ctx.newId('seti')
  const blank: SetupIntentRecord = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: params.automatic_payment_methods ?? null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${ctx.newToken(24)}`,
    created: ctx.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card', 'us_bank_account'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  }
  const intent = withInput(ctx, blank, params)
  ctx.store.put('setupIntents', intent)
  emit(ctx, 'setup_intent.created', serializeSetupIntent(ctx, intent))
  return params.confirm ? confirmSetup(ctx, intent, params) : intent
}

function withInput(
  ctx: Ctx,
  intent: SetupIntentRecord,
  input: Partial<Params<typeof updateShape>>,
): SetupIntentRecord {
  const {
    allowed_payment_method_types: allowed,
    customer,
    description,
    excluded_payment_method_types: not,
  } = input
  if (customer !== undefined) livingCustomer(ctx, customer, 'customer', 400)
  const changed: SetupIntentRecord = {
    ...intent,
    allowed_payment_method_types: allowed === undefined ? intent.allowed_payment_method_types : allowed,
    customer: customer ?? intent.customer,
    description: description === undefined ? intent.description : description,
    excluded_payment_method_types: not === undefined ? intent.excluded_payment_method_types : not,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    payment_method_types: allowed ?? intent.payment_method_types,
  }
  return withMethod(ctx, changed, input)
}

/** @throws StripeError 400 for a method of another customer */
function withMethod(ctx: Ctx, intent: SetupIntentRecord, input: Params<typeof methodOf>): SetupIntentRecord {
  const method = chosenMethod(ctx, input)
  if (!method) return intent
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalidRequest('The provided PaymentMethod is attached to another customer than the SetupIntent.', {
      code: 'resource_missing',
      param: 'payment_method',
    })
  }
  return { ...intent, payment_method: method.id, status: 'requires_confirmation' }
}

/** @throws StripeError 404, or 400 for a secret that is not the intent's */
function setupAt(ctx: Ctx, id: string, { client_secret }: { client_secret?: string } = {}) {
  const intent = atPath(ctx, 'setupIntents', id, 'intent')
  checkSecret(client_secret, intent)
  return intent
}

function isDecided({ status }: SetupIntentRecord): boolean {
  return status === 'succeeded' || status === 'canceled'
}

export const setupIntentEndpoints = [
  endpoint({
    route: 'POST /v1/setup_intents',
    returns: 'setup_intent',
    params: createShape,
    run: (ctx, params) => serializeSetupIntent(ctx, createSetup(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/setup_intents/:id',
    returns: 'setup_intent',
    params: { client_secret: text(255) },
    run: (ctx, params, id) => serializeSetupIntent(ctx, setupAt(ctx, id, params)),
  }),
  endpoint({
    route: 'POST /v1/setup_intents/:id',
    returns: 'setup_intent',
    params: updateShape,
    run(ctx, params, id) {
      const intent = setupAt(ctx, id)
      if (isDecided(intent)) throw unexpectedSetup(ctx, intent, 'update')
      const updated = withInput(ctx, intent, params)
      ctx.store.put('setupIntents', updated)
      return serializeSetupIntent(ctx, updated)
    },
  }),
  endpoint({
    route: 'GET /v1/setup_intents',
    returns: 'list of setup_intent',
    params: {
      ...pageParams,
      attach_to_self: unbuilt((value) => value === 'false'),
      created: range,
      customer: text(255),
      customer_account: unbuilt(),
      payment_method: text(255),
    },
    run(ctx, { created, customer, payment_method: method, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      return listPage(ctx, 'setupIntents', page, {
        url: '/v1/setup_intents',
        keep: (intent) =>
          (created === undefined || created(intent.created)) &&
          (customer === undefined || intent.customer === customer) &&
          (method === undefined || intent.payment_method === method),
        show: (intent) => serializeSetupIntent(ctx, intent),
      })
    },
  }),
  endpoint({
    route: 'POST /v1/setup_intents/:id/confirm',
    returns: 'setup_intent',
    params: confirmShape,
    run(ctx, params, id) {
      const intent = setupAt(ctx, id, params)
      if (isDecided(intent)) throw unexpectedSetup(ctx, intent, 'confirm')
      return serializeSetupIntent(ctx, confirmSetup(ctx, withInput(ctx, intent, params), params))
    },
  }),
  endpoint({
    route: 'POST /v1/setup_intents/:id/verify_microdeposits',
    returns: 'setup_intent',
    params: { amounts: list(integer({ min: 1 })), client_secret: text(255), descriptor_code: text(6) },
    run: (ctx, params, id) => serializeSetupIntent(ctx, verifySetup(ctx, setupAt(ctx, id, params), params)),
  }),
  endpoint({
    route: 'POST /v1/setup_intents/:id/cancel',
    returns: 'setup_intent',
    params: { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') },
    run(ctx, { cancellation_reason: reason = null }, id) {
      const intent = setupAt(ctx, id)
      if (isDecided(intent)) throw unexpectedSetup(ctx, intent, 'cancel')
      const change = { status: 'canceled', cancellation_reason: reason } as const
      return serializeSetupIntent(ctx, moveSetup(ctx, intent, change, 'setup_intent.canceled'))
    },
  }),
]
