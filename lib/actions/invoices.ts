'use server'

import { defineAction } from './action-client'
import { operations } from './operations'

export const createInvoiceAction = defineAction(operations['invoice.create'])
export const finalizeInvoiceAction = defineAction(operations['invoice.finalize'])
export const sendInvoiceAction = defineAction(operations['invoice.send'])
export const voidInvoiceAction = defineAction(operations['invoice.void'])
export const markUncollectibleAction = defineAction(operations['invoice.mark_uncollectible'])
export const recordPaymentAction = defineAction(operations['invoice.pay_out_of_band'])
export const deleteDraftAction = defineAction(operations['invoice.delete_draft'])
