import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { customer, draft } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const x = (length: number) => 'x'.repeat(length)
const list = (name: string, length: number, rest = '') =>
  Array.from({ length }, (_, index) => `${name}[${index}]${rest}=x`).join('&')
const fields = (length: number, owner = 'custom_fields') =>
  Array.from({ length }, (_, i) => `${owner}[${i}][name]=n${i}&${owner}[${i}][value]=v`).join('&')
const keys = (length: number) => Array.from({ length }, (_, index) => `metadata[k${index}]=x`).join('&')

/** Each row: a path, what it still takes, and what is beyond it. */
type Row = [path: string, what: string, within: string, beyond: string]

const customers: Row[] = [
  ['customers', 'name', `name=${x(256)}`, `name=${x(257)}`],
  ['customers', 'email', `email=${x(502)}@a.example`, `email=${x(503)}@a.example`],
  ['customers', 'phone', `phone=${'1'.repeat(20)}`, `phone=${'1'.repeat(21)}`],
  ['customers', 'business_name', `business_name=${x(150)}`, `business_name=${x(151)}`],
  ['customers', 'individual_name', `individual_name=${x(150)}`, `individual_name=${x(151)}`],
  ['customers', 'invoice_prefix', 'invoice_prefix=ABCDEFGH1234', 'invoice_prefix=ABCDEFGH12345'],
  [
    'customers',
    'name, in characters and not in bytes',
    `name=${encodeURIComponent('日'.repeat(256))}`,
    `name=${encodeURIComponent('日'.repeat(257))}`,
  ],
  [
    'customers',
    'invoice_settings[custom_fields]',
    fields(4, 'invoice_settings[custom_fields]'),
    fields(5, 'invoice_settings[custom_fields]'),
  ],
  ['customers', 'metadata', keys(50), keys(51)],
  ['customers', 'a key of metadata', `metadata[${x(40)}]=x`, `metadata[${x(41)}]=x`],
  ['customers', 'a value of metadata', `metadata[k]=${x(500)}`, `metadata[k]=${x(501)}`],
  ['customers', 'balance', 'balance=-99999999', 'balance=-9999999999999999'],
]

const invoices: Row[] = [
  ['invoices', 'description', `description=${x(1500)}`, `description=${x(1501)}`],
  ['invoices', 'footer', `footer=${x(5000)}`, `footer=${x(5001)}`],
  ['invoices', 'number', `number=${x(26)}`, `number=${x(27)}`],
  ['invoices', 'statement_descriptor', `statement_descriptor=${x(22)}`, `statement_descriptor=${x(23)}`],
  ['invoices', 'custom_fields', fields(4), fields(5)],
  [
    'invoices',
    'custom_fields[0][name]',
    `custom_fields[0][name]=${x(40)}&custom_fields[0][value]=x`,
    `custom_fields[0][name]=${x(41)}&custom_fields[0][value]=x`,
  ],
  [
    'invoices',
    'custom_fields[0][value]',
    `custom_fields[0][name]=x&custom_fields[0][value]=${x(140)}`,
    `custom_fields[0][name]=x&custom_fields[0][value]=${x(141)}`,
  ],
  [
    'invoices',
    'days_until_due',
    'collection_method=send_invoice&days_until_due=0',
    'collection_method=send_invoice&days_until_due=-1',
  ],
]

const items: Row[] = [
  [
    'invoiceitems',
    'unit_amount_decimal',
    'unit_amount_decimal=0.123456789012',
    'unit_amount_decimal=0.1234567890123',
  ],
  ['invoiceitems', 'quantity', 'quantity=0&unit_amount_decimal=1', 'quantity=-1&unit_amount_decimal=1'],
  [
    'invoiceitems',
    'quantity_decimal',
    'quantity_decimal=0.123456789012&unit_amount_decimal=1',
    'quantity_decimal=0.1234567890123&unit_amount_decimal=1',
  ],
]

const prices: Row[] = [
  ['prices', 'lookup_key', `unit_amount=1&lookup_key=${x(200)}`, `unit_amount=1&lookup_key=${x(201)}`],
  ['prices', 'unit_amount', 'unit_amount=99999999', 'unit_amount=-1'],
  [
    'prices',
    'unit_amount_decimal',
    'unit_amount_decimal=0.123456789012',
    'unit_amount_decimal=0.1234567890123',
  ],
  [
    'prices',
    'recurring[interval_count]',
    'unit_amount=1&recurring[interval]=year&recurring[interval_count]=3',
    'unit_amount=1&recurring[interval]=year&recurring[interval_count]=4',
  ],
]

const products: Row[] = [
  ['products', 'description', `description=${x(40_000)}`, `description=${x(40_001)}`],
  [
    'products',
    'images',
    list('images', 8).replaceAll('=x', '=https://a.example/x'),
    list('images', 9).replaceAll('=x', '=https://a.example/x'),
  ],
  [
    'products',
    'marketing_features',
    list('marketing_features', 15, '[name]'),
    list('marketing_features', 16, '[name]'),
  ],
  [
    'products',
    'marketing_features[0][name]',
    `marketing_features[0][name]=${x(80)}`,
    `marketing_features[0][name]=${x(81)}`,
  ],
  ['products', 'statement_descriptor', `statement_descriptor=${x(22)}`, `statement_descriptor=${x(23)}`],
  ['products', 'unit_label', `unit_label=${x(12)}`, `unit_label=${x(13)}`],
]

const others: Row[] = [
  ['coupons', 'name', `percent_off=10&name=${x(40)}`, `percent_off=10&name=${x(41)}`],
  ['coupons', 'percent_off', 'percent_off=100', 'percent_off=100.01'],
  ['coupons', 'percent_off, from below', 'percent_off=0.01', 'percent_off=0'],
  [
    'tax_rates',
    'display_name',
    `display_name=${x(50)}&inclusive=false&percentage=5`,
    `display_name=${x(51)}&inclusive=false&percentage=5`,
  ],
  [
    'tax_rates',
    'jurisdiction',
    `display_name=x&jurisdiction=${x(50)}&inclusive=false&percentage=5`,
    `display_name=x&jurisdiction=${x(51)}&inclusive=false&percentage=5`,
  ],
  [
    'tax_rates',
    'percentage',
    'display_name=x&inclusive=true&percentage=100',
    'display_name=x&inclusive=true&percentage=100.0001',
  ],
  [
    'tax_rates',
    'places of the percentage',
    'display_name=x&inclusive=true&percentage=7.1234',
    'display_name=x&inclusive=true&percentage=7.12345',
  ],
  [
    'test_helpers/test_clocks',
    'name',
    `frozen_time=2000000000&name=${x(300)}`,
    `frozen_time=2000000000&name=${x(301)}`,
  ],
]

describe.each([...customers, ...invoices, ...items, ...prices, ...products, ...others])(
  '%s: %s',
  (path, what, within, beyond) => {
    async function post(form: string): Promise<number> {
      const { stripe } = sandbox
      const owner = (await customer(stripe)).id
      const needed: Record<string, string> = {
        invoices: `customer=${owner}&currency=usd`,
        invoiceitems: `customer=${owner}&currency=usd`,
        prices: 'currency=usd&product_data[name]=x',
        products: 'name=x',
      }
      const { status } = await sandbox.send(
        'POST',
        `/v1/${path}`,
        [needed[path], form].filter(Boolean).join('&'),
      )
      return status
    }

    test(`${what} within its limit and beyond it`, async () => {
      expect([await post(within), await post(beyond)]).toEqual([200, 400])
    })
  },
)

test('an invoice holds 250 items', async () => {
  const { id, customer: owner } = await draft(sandbox.stripe, { amounts: [] })
  const line = (index: number) => `lines[${index}][amount]=1&lines[${index}][description]=x`
  const lines = Array.from({ length: 250 }, (_, index) => line(index)).join('&')
  expect((await sandbox.send('POST', `/v1/invoices/${id}/add_lines`, lines)).status).toBe(200)
  const one = `customer=${owner}&invoice=${id}&amount=1&currency=usd`
  expect((await sandbox.send('POST', '/v1/invoiceitems', one)).status).toBe(400)
  expect((await sandbox.send('POST', `/v1/invoices/${id}/add_lines`, line(0))).status).toBe(400)
  expect((await sandbox.stripe.invoices.retrieve(id)).lines).toMatchObject({ total_count: 250 })
})
