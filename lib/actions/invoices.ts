'use server'

import { createInvoiceInput, invoiceMoveInput, recordPaymentInput } from '@/lib/domain/invoice-input'
import { createInvoice } from '@/lib/invoices/create-invoice'
import { deleteDraft } from '@/lib/invoices/delete-draft'
import { finalizeInvoice } from '@/lib/invoices/finalize-invoice'
import { markUncollectible } from '@/lib/invoices/mark-uncollectible'
import { recordPayment } from '@/lib/invoices/record-payment'
import { sendInvoice } from '@/lib/invoices/send-invoice'
import { voidInvoice } from '@/lib/invoices/void-invoice'
import { defineAction } from './action-client'

export const createInvoiceAction = defineAction({
  permission: 'invoice.create',
  input: createInvoiceInput,
  run: createInvoice,
})

export const finalizeInvoiceAction = defineAction({
  permission: 'invoice.finalize',
  input: invoiceMoveInput,
  run: finalizeInvoice,
})

export const sendInvoiceAction = defineAction({
  permission: 'invoice.send',
  input: invoiceMoveInput,
  run: sendInvoice,
})

export const voidInvoiceAction = defineAction({
  permission: 'invoice.void',
  input: invoiceMoveInput,
  run: voidInvoice,
})

export const markUncollectibleAction = defineAction({
  permission: 'invoice.mark_uncollectible',
  input: invoiceMoveInput,
  run: markUncollectible,
})

export const recordPaymentAction = defineAction({
  permission: 'invoice.pay_out_of_band',
  input: recordPaymentInput,
  run: recordPayment,
})

export const deleteDraftAction = defineAction({
  permission: 'invoice.delete_draft',
  input: invoiceMoveInput,
  run: deleteDraft,
})
