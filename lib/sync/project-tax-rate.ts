import 'server-only'
import type Stripe from 'stripe'
import { impatient, stripe } from '@/lib/stripe/client'
import { parseTaxRate } from '@/lib/stripe/parse-tax-rate'
import { defineKind } from './kind'

export const taxRates = defineKind<Stripe.TaxRate>({
  type: 'tax_rate',
  table: 'tax_rates',
  topics: ['catalog'],
  retrieve: (id) => stripe().taxRates.retrieve(id, {}, impatient),
  list: (page) => stripe().taxRates.list(page, impatient),
  parse: async (rate) => ({ row: parseTaxRate(rate), topics: ['catalog', rate.id] }),
})
