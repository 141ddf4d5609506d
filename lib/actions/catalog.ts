'use server'

import { archivePrice } from '@/lib/catalog/archive-price'
import { archiveProduct } from '@/lib/catalog/archive-product'
import { createPrice } from '@/lib/catalog/create-price'
import { createProduct } from '@/lib/catalog/create-product'
import { restoreProduct } from '@/lib/catalog/restore-product'
import { createPriceInput, createProductInput, priceInput, productInput } from '@/lib/domain/catalog-input'
import { defineAction } from './action-client'

export const createProductAction = defineAction({
  permission: 'product.create',
  input: createProductInput,
  run: createProduct,
})

export const archiveProductAction = defineAction({
  permission: 'product.archive',
  input: productInput,
  run: archiveProduct,
})

export const restoreProductAction = defineAction({
  permission: 'product.restore',
  input: productInput,
  run: restoreProduct,
})

export const createPriceAction = defineAction({
  permission: 'price.create',
  input: createPriceInput,
  run: createPrice,
})

export const archivePriceAction = defineAction({
  permission: 'price.archive',
  input: priceInput,
  run: archivePrice,
})
