import 'server-only'
import type Stripe from 'stripe'
import { impatient, stripe } from '@/lib/stripe/client'
import { parsePrice } from '@/lib/stripe/parse-price'
import { defineKind } from './kind'

export const prices = defineKind<Stripe.Price>({
  type: 'price',
  table: 'prices',
  topics: ['catalog'],
  retrieve: (id) => stripe().prices.retrieve(id, {}, impatient),
  list: (page) => stripe().prices.list(page, impatient),
  parse: async (price) => {
    const row = parsePrice(price)
    return { row, topics: ['catalog', row.id, row.productId] }
  },
})
