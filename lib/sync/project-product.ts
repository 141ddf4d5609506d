import 'server-only'
import type Stripe from 'stripe'
import { impatient } from '@/lib/stripe/client'
import { parseProduct } from '@/lib/stripe/parse-product'
import { defineKind } from './kind'
import { reader } from './reader'

export const products = defineKind<Stripe.Product>({
  type: 'product',
  table: 'products',
  topics: ['catalog'],
  retrieve: (id) => reader().products.retrieve(id, {}, impatient),
  list: (page) => reader().products.list(page, impatient),
  parse: async (product) => ({ row: parseProduct(product), topics: ['catalog', product.id] }),
})
