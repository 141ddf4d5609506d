'use server'

import { defineAction } from './action-client'
import { operations } from './operations'

export const createProductAction = defineAction(operations['product.create'])
export const archiveProductAction = defineAction(operations['product.archive'])
export const restoreProductAction = defineAction(operations['product.restore'])
export const createPriceAction = defineAction(operations['price.create'])
export const archivePriceAction = defineAction(operations['price.archive'])
