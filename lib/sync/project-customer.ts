import 'server-only'
import type Stripe from 'stripe'
import { impatient } from '@/lib/stripe/client'
import { allTaxIds, allTransactions } from '@/lib/stripe/fetch-parts'
import { parseCustomer } from '@/lib/stripe/parse-customer'
import { defineKind } from './kind'
import { reader } from './reader'
import { markDraftsOf } from './stale'

const expand = ['tax_ids', 'invoice_settings.default_payment_method', 'default_source']

export const customers = defineKind<Stripe.Customer>({
  type: 'customer',
  table: 'customers',
  parts: { tables: ['customer_tax_ids', 'customer_balance_transactions'], owner: 'customerId' },
  topics: ['customers'],
  retrieve: (id) => reader().customers.retrieve(id, { expand }, impatient),
  list: (page) =>
    reader().customers.list({ ...page, expand: expand.map((path) => `data.${path}`) }, impatient),
  parse: async (customer) => {
    const parts = [allTaxIds(reader(), customer), allTransactions(reader(), customer)] as const
    const { taxIds, transactions, ...row } = parseCustomer(customer, ...(await Promise.all(parts)))
    return {
      row,
      parts: { customer_tax_ids: taxIds, customer_balance_transactions: transactions },
      topics: ['customers', row.id],
      afterwards: (connection) => markDraftsOf(connection, row),
    }
  },
})
