import 'server-only'
import type Stripe from 'stripe'
import { impatient } from '@/lib/stripe/client'
import { parseTaxRate } from '@/lib/stripe/parse-tax-rate'
import { defineKind } from './kind'
import { reader } from './reader'

export const taxRates = defineKind<Stripe.TaxRate>({
  type: 'tax_rate',
  table: 'tax_rates',
  topics: ['catalog'],
  retrieve: (id) => reader().taxRates.retrieve(id, {}, impatient),
  list: (page) => reader().taxRates.list(page, impatient),
  parse: async (rate) => ({ row: parseTaxRate(rate), topics: ['catalog', rate.id] }),
})
