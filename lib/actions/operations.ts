import 'server-only'
import type { z } from 'zod'
import { archivePrice } from '@/lib/catalog/archive-price'
import { archiveProduct } from '@/lib/catalog/archive-product'
import { createPrice } from '@/lib/catalog/create-price'
import { createProduct } from '@/lib/catalog/create-product'
import { restoreProduct } from '@/lib/catalog/restore-product'
import { createCustomer } from '@/lib/customers/create-customer'
import type { Permission } from '@/lib/domain/access'
import { createPriceInput, createProductInput, priceInput, productInput } from '@/lib/domain/catalog-input'
import type { Ctx } from '@/lib/domain/context'
import { createCustomerInput } from '@/lib/domain/customer-input'
import {
  createInvoiceInput,
  invoiceMoveInput,
  recordPaymentInput,
  shareLinkInput,
} from '@/lib/domain/invoice-input'
import type { Result } from '@/lib/domain/result'
import { createInvoice } from '@/lib/invoices/create-invoice'
import { deleteDraft } from '@/lib/invoices/delete-draft'
import { finalizeInvoice } from '@/lib/invoices/finalize-invoice'
import { markUncollectible } from '@/lib/invoices/mark-uncollectible'
import { recordPayment } from '@/lib/invoices/record-payment'
import { sendInvoice } from '@/lib/invoices/send-invoice'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { copyShareLink } from '@/lib/share/copy-share-link'
import { revokeShareLink } from '@/lib/share/revoke-share-link'
import type { ActionSpec } from './action-door'

/*
 * Every operation by its name: what actions are made of, and what the worker takes up again from the stored input. One that
 * is not here could be begun and never be settled.
 */

type Operation<Input, Output, T> = ActionSpec<Input, Output, T> & {
  /** Runs it from what the database has of its input. Throws where that is no input any more. */
  resume: (ctx: Ctx, stored: unknown) => Promise<Result<T>>
}

function operation<Input, Output, T>(
  permission: Permission,
  input: z.ZodType<Output, Input>,
  run: (ctx: Ctx, input: Output) => Promise<Result<T>>,
): Operation<Input, Output, T> {
  return { permission, input, run, resume: async (ctx, stored) => run(ctx, input.parse(stored)) }
}

type Resumable = { resume: (ctx: Ctx, stored: unknown) => Promise<Result<unknown>> }

export const operations = {
  'product.create': operation('product.create', createProductInput, createProduct),
  'product.archive': operation('product.archive', productInput, archiveProduct),
  'product.restore': operation('product.restore', productInput, restoreProduct),
  'price.create': operation('price.create', createPriceInput, createPrice),
  'price.archive': operation('price.archive', priceInput, archivePrice),
  'customer.create': operation('customer.create', createCustomerInput, createCustomer),
  'invoice.create': operation('invoice.create', createInvoiceInput, createInvoice),
  'invoice.finalize': operation('invoice.finalize', invoiceMoveInput, finalizeInvoice),
  'invoice.send': operation('invoice.send', invoiceMoveInput, sendInvoice),
  'invoice.void': operation('invoice.void', invoiceMoveInput, voidInvoice),
  'invoice.mark_uncollectible': operation('invoice.mark_uncollectible', invoiceMoveInput, markUncollectible),
  'invoice.pay_out_of_band': operation('invoice.pay_out_of_band', recordPaymentInput, recordPayment),
  'invoice.delete_draft': operation('invoice.delete_draft', invoiceMoveInput, deleteDraft),
  'share_link.copy': operation('share_link.copy', shareLinkInput, copyShareLink),
  'share_link.revoke': operation('share_link.revoke', shareLinkInput, revokeShareLink),
} satisfies { [Name in Permission]?: Resumable }

/** Takes up an operation that was begun, for whoever began it. Throws where its name or its input is not known any more. */
export async function resumeOperation(name: string, ctx: Ctx, stored: unknown): Promise<Result<unknown>> {
  const known: Record<string, Resumable> = operations
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  if (!found) throw new Error(`no operation is called ${name}`)
  return await found.resume(ctx, stored)
}
