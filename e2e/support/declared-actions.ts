import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import type { Permission } from '@/lib/domain/access'
import type { Arrange } from './arrange'

/** What an action needs a right for, and an input with which it would do something. */
export type DeclaredAction = { permission: Permission; input: () => Record<string, unknown> }

/** The whole list, by name: an action that is not in it fails the tests. The objects are real ones. */
export async function declaredActions(arrange: Arrange): Promise<Record<string, DeclaredAction>> {
  const price = await arrange.price('Contraband', 500)
  const draft = await arrange.draft()
  const open = await arrange.open({ customer: String(draft.customer) })
  const [invoiceId, productId] = [open.id, String(price.product)]
  const action = (permission: Permission, input: Record<string, unknown>): DeclaredAction => ({
    permission,
    input: () => ({ operationId: randomUUID(), ...input }),
  })
  return {
    createProductAction: action('product.create', { name: 'Contraband' }),
    archiveProductAction: action('product.archive', { productId }),
    restoreProductAction: action('product.restore', { productId }),
    createPriceAction: action('price.create', { productId, currency: 'usd', amount: '1', isDefault: true }),
    archivePriceAction: action('price.archive', { priceId: price.id }),
    createCustomerAction: action('customer.create', { name: 'Nobody' }),
    createInvoiceAction: action('invoice.create', {
      customerId: draft.customer,
      currency: 'usd',
      daysUntilDue: 7,
      until: 'sent',
      lines: [{ kind: 'amount', description: 'Contraband', unitAmount: '1', quantity: '1' }],
    }),
    finalizeInvoiceAction: action('invoice.finalize', seen(draft)),
    deleteDraftAction: action('invoice.delete_draft', seen(draft)),
    sendInvoiceAction: action('invoice.send', seen(open)),
    voidInvoiceAction: action('invoice.void', seen(open)),
    markUncollectibleAction: action('invoice.mark_uncollectible', seen(open)),
    recordPaymentAction: action('invoice.pay_out_of_band', seen(open)),
    copyShareLinkAction: action('share_link.copy', { invoiceId }),
    revokeShareLinkAction: action('share_link.revoke', { invoiceId }),
  }
}

const seen = ({ id, status, amount_remaining }: Stripe.Invoice) => ({
  invoiceId: id,
  seen: { status, amountRemaining: amount_remaining },
})
