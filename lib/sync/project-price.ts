import 'server-only'
import type Stripe from 'stripe'
import { impatient } from '@/lib/stripe/client'
import { parsePrice } from '@/lib/stripe/parse-price'
import { defineKind } from './kind'
import { reader } from './reader'

export const prices = defineKind<Stripe.Price>({
  type: 'price',
  table: 'prices',
  topics: ['catalog'],
  retrieve: (id) => reader().prices.retrieve(id, {}, impatient),
  list: (page) => reader().prices.list(page, impatient),
  parse: async (price) => {
    const row = parsePrice(price)
    return { row, topics: ['catalog', row.id, row.productId] }
  },
})
