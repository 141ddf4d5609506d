import 'server-only'
import type Stripe from 'stripe'
import { impatient, stripe } from '@/lib/stripe/client'
import { parseProduct } from '@/lib/stripe/parse-product'
import { defineKind } from './kind'

export const products = defineKind<Stripe.Product>({
  type: 'product',
  table: 'products',
  topics: ['catalog'],
  retrieve: (id) => stripe().products.retrieve(id, {}, impatient),
  list: (page) => stripe().products.list(page, impatient),
  parse: async (product) => ({ row: parseProduct(product), topics: ['catalog', product.id] }),
})
