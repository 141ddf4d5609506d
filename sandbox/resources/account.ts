import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { endpoint } from '@/sandbox/http/endpoint'
import { settingsOf } from '@/sandbox/settings'
import type { Wire } from '@/sandbox/wire'

/** Currency of invoices and balances that name none. */
export const defaultCurrency = 'usd'

export const accountCountry = 'US'
export const accountName = 'Duebook Sandbox'
export const supportEmail = 'billing@sandbox.example'
export const accountAddress = {
  line1: '1 Sandbox Street',
  line2: null,
  city: 'San Francisco',
  state: 'CA',
  postal_code: '94105',
  country: accountCountry,
}

function serializeAccount(ctx: Ctx) {
  return {
    id: ctx.accountId,
    object: 'account',
    business_profile: {
      mcc: null,
      minority_owned_business_designation: null,
      name: accountName,
      product_description: null,
      specified_commercial_transactions_act_url: null,
      support_address: accountAddress,
      support_email: supportEmail,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: 'company',
    charges_enabled: true,
    country: accountCountry,
    created: settingsOf(ctx.store).created,
    default_currency: defaultCurrency,
    details_submitted: true,
    email: supportEmail,
    metadata: {},
    payouts_enabled: true,
    settings: {
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_payments: {
        decline_on: { avs_failure: false, cvc_failure: false },
        statement_descriptor_prefix: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      dashboard: { display_name: accountName, timezone: 'Etc/UTC' },
      payments: {
        statement_descriptor: 'DUEBOOK SANDBOX',
        statement_descriptor_kana: null,
        statement_descriptor_kanji: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
    },
    type: 'standard',
  } satisfies Wire<Stripe.Account>
}

export const accountEndpoints = [
  endpoint({ route: 'GET /v1/account', returns: 'account', run: serializeAccount }),
]
