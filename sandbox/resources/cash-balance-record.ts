import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import { referred } from '@/sandbox/context'
import { hash, oneOf, type Params } from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

/** How money that a customer sends finds its payment; unset is as the account has it, automatic. */
export type Reconciliation = 'automatic' | 'manual' | undefined

const settingsShape = { reconciliation_mode: oneOf('automatic', 'manual', 'merchant_default') }

export const cashBalanceSettings = hash(settingsShape)

export function reconciliationFrom(
  { reconciliation_mode: mode }: Params<typeof settingsShape>,
  current: Reconciliation,
): Reconciliation {
  if (mode === undefined) return current
  return mode === 'merchant_default' ? undefined : mode
}

export function serializeCashBalance(ctx: Ctx, customerId: string) {
  const { cash, reconciliation } = referred(ctx, 'customers', customerId)
  return {
    object: 'cash_balance',
    available: cash ?? null,
    customer: customerId,
    customer_account: null,
    livemode: false,
    settings: {
      reconciliation_mode: reconciliation ?? 'automatic',
      using_merchant_default: reconciliation === undefined,
    },
  } satisfies Wire<Stripe.CashBalance>
}
