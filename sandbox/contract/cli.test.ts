import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { useCli } from '@/sandbox/contract/cli'
import { draft } from '@/sandbox/contract/scenes'

// Starting a program takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const sandbox = useSandbox()
const cli = useCli()
const stripe = (...args: string[]) => cli(sandbox.url, ...args)

test('customers create', async () => {
  const { code, output } = await stripe(
    'customers',
    'create',
    '-d',
    'name=Jenny Rosen',
    '-d',
    'metadata[a]=b',
  )
  expect(output).toContain('"name": "Jenny Rosen"')
  expect(code).toBe(0)
  const { data } = await sandbox.stripe.customers.list()
  expect(data).toMatchObject([{ name: 'Jenny Rosen', metadata: { a: 'b' } }])
})

test('get, by the prefix of an id', async () => {
  const { id } = await sandbox.stripe.customers.create({ name: 'Ada' })
  expect((await stripe('get', id)).output).toContain('"name": "Ada"')
})

test('an error is shown as Stripe words it', async () => {
  const { output } = await stripe('get', '/v1/customers/cus_nobody')
  expect(output).toContain("No such customer: 'cus_nobody'")
})

test('invoices list', async () => {
  const { id } = await draft(sandbox.stripe)
  const { code, output } = await stripe('invoices', 'list', '--limit', '1')
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ object: 'list', url: '/v1/invoices', data: [{ id }] })
})

test('get in_…, with what is expanded', async () => {
  const { id, customer } = await draft(sandbox.stripe)
  expect(JSON.parse((await stripe('get', id)).output)).toMatchObject({ id, object: 'invoice', customer })
  const { output } = await stripe('get', `/v1/invoices/${id}`, '--expand', 'customer')
  expect(JSON.parse(output)).toMatchObject({ customer: { id: customer, object: 'customer' } })
})

test('post -i sends once what is sent twice', async () => {
  const send = () => stripe('post', '/v1/customers', '-i', 'once-from-the-shell', '-d', 'name=Once')
  const [first, second] = [await send(), await send()]
  expect(second.output).toBe(first.output)
  const { data } = await sandbox.stripe.customers.search({ query: 'name:"Once"' })
  expect(data.map(({ id }) => id)).toEqual([JSON.parse(first.output).id])
})

test('delete', async () => {
  const { id } = await draft(sandbox.stripe)
  const { output } = await stripe('delete', `/v1/invoices/${id}`, '--confirm')
  expect(JSON.parse(output)).toEqual({ id, object: 'invoice', deleted: true })
})

test('fixtures FILE', async () => {
  const file = fileURLToPath(new URL('fixtures/cli-month.json', import.meta.url))
  const { code, output } = await stripe('fixtures', file)
  expect(output).not.toMatch(/fail|error/i)
  expect(code).toBe(0)
  const { data } = await sandbox.stripe.invoices.list({ status: 'open' })
  expect(data).toMatchObject([{ total: 27_000, currency: 'eur', customer_name: 'Fixture & Sons' }])
})
