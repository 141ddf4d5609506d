import { beforeEach, describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { customer, draft } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const lag = (seconds: number) =>
  sandbox.control('POST', 'settings', { sandbox: { search_lag_seconds: seconds } })
const pass = (seconds: number) => sandbox.control('POST', 'clock', { advance_seconds: seconds })

async function found(query: string): Promise<(string | null | undefined)[]> {
  const { data } = await sandbox.stripe.customers.search({ query, limit: 100 })
  return data.map(({ name }) => name)
}

beforeEach(() => sandbox.control('POST', 'reset'))

test('without a lag, search sees everything at once', async () => {
  const { stripe } = sandbox
  const { id } = await customer(stripe, { name: 'Ada' })
  expect(await found('name:"ada"')).toEqual(['Ada'])
  await stripe.customers.update(id, { name: 'Bea' })
  expect(await found('name:"ada" OR name:"bea"')).toEqual(['Bea'])
})

describe('with a lag of a minute', () => {
  test('search finds an object a minute after it was made, and shows it as it is', async () => {
    const { stripe } = sandbox
    await lag(60)
    const { id } = await customer(stripe, { name: 'Ada' })
    expect(await found('name:"ada"')).toEqual([])
    expect((await stripe.customers.list()).data).toHaveLength(1)
    await pass(59)
    expect(await found('name:"ada"')).toEqual([])
    await pass(2)
    expect(await found('name:"ada"')).toEqual(['Ada'])
    await stripe.customers.update(id, { name: 'Bea' })
    expect(await found('name:"ada"')).toEqual(['Bea'])
    expect(await found('name:"bea"')).toEqual([])
    await pass(61)
    expect(await found('name:"ada"')).toEqual([])
    expect(await found('name:"bea"')).toEqual(['Bea'])
  })

  test('what was there before the switch is known in the state it had then', async () => {
    const { stripe } = sandbox
    const [ada, bea] = [await customer(stripe, { name: 'Ada' }), await customer(stripe, { name: 'Bea' })]
    await lag(60)
    await stripe.customers.update(ada.id, { name: 'Cleo' })
    await stripe.customers.del(bea.id)
    expect(await found('name:"ada"')).toEqual(['Cleo'])
    expect(await found('name:"bea"')).toEqual([])
    await pass(61)
    expect(await found('name:"cleo"')).toEqual(['Cleo'])
  })

  test('switching it off shows everything', async () => {
    const { stripe } = sandbox
    await lag(60)
    await customer(stripe, { name: 'Ada' })
    expect(await found('name:"ada"')).toEqual([])
    await lag(0)
    expect(await found('name:"ada"')).toEqual(['Ada'])
  })
})

test('what a refused request did is not found, and what one deleted is gone', async () => {
  const { stripe, send } = sandbox
  const invoice = await draft(stripe, { metadata: { tag: 'x' } })
  const query = 'metadata["tag"]:"x"'
  expect((await stripe.invoices.search({ query })).data).toHaveLength(1)
  expect(
    (await send('POST', `/v1/invoices/${invoice.id}/add_lines`, 'lines[0][amount]=1&lines[1][amount]=x'))
      .status,
  ).toBe(400)
  expect((await stripe.invoices.search({ query })).data).toMatchObject([{ total: 2000 }])
  await stripe.invoices.del(invoice.id)
  expect((await stripe.invoices.search({ query, expand: ['total_count'] })).total_count).toBe(0)
})
test('what belongs to a customer on a test clock is not found', async () => {
  const { stripe } = sandbox
  const response = await sandbox.send('POST', '/v1/test_helpers/test_clocks', 'frozen_time=1800000000')
  const clock = String(response.json.id)
  const { id } = await customer(stripe, { name: 'On a clock', test_clock: clock })
  await draft(stripe, { customer: id })
  const invoices = await stripe.invoices.search({ query: `customer:"${id}"` })
  expect([await found('name~"clock"'), invoices.data]).toEqual([[], []])
})
