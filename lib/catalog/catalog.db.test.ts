import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { Result } from '@/lib/domain/result'
import { refresh } from '@/lib/sync/refresh'
import { archivePrice } from './archive-price'
import { archiveProduct } from './archive-product'
import { createPrice } from './create-price'
import { createProduct } from './create-product'
import { getProduct } from './get-product'
import { listProducts } from './list-products'
import { restoreProduct } from './restore-product'
import { searchPrices } from './search-prices'

useTestDatabase()
const sandbox = useTestSandbox()

const ctx: Ctx = {
  actor: { id: randomUUID(), name: 'Bela', email: 'bela@duebook.test', role: 'biller' },
  now: new Date(),
  requestId: randomUUID(),
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

async function newProduct(name: string, currency = 'usd', amount = '1,234.56'): Promise<string> {
  const input = { operationId: randomUUID(), name, price: { currency, amount } }
  return value(await createProduct(ctx, input)).productId
}

const names = async (search: string, archived = false) =>
  (await listProducts(ctx, { archived, search })).map(({ name }) => name)

describe('creating a product', () => {
  it('makes product and price in one call, marked with the operation, and shows both at once', async () => {
    const operationId = randomUUID()
    const input = {
      operationId,
      name: 'Desk',
      description: 'Oak',
      price: { currency: 'usd', amount: '1,234.56' },
    }
    const { productId, receipt } = value(await createProduct(ctx, input))
    expect(receipt).toMatchObject({
      said: 'active',
      objectId: productId,
      requestId: expect.stringMatching(/^req_/),
    })

    const product = await sandbox.stripe.products.retrieve(productId, { expand: ['default_price'] })
    expect(product).toMatchObject({
      name: 'Desk',
      description: 'Oak',
      metadata: { duebook_operation: operationId },
    })
    expect(product.default_price).toMatchObject({
      unit_amount: 123_456,
      metadata: { duebook_operation: operationId },
    })

    expect(await getProduct(ctx, productId)).toMatchObject({
      name: 'Desk',
      isActive: true,
      defaultPrice: { currency: 'usd', unitAmount: 123_456, unitAmountDecimal: '123456', isDefault: true },
      prices: [{ isDefault: true }],
    })
  })

  it.each([
    ['jpy', '1500', 1500],
    ['kwd', '5.12', 5120],
    ['eur', '0.01', 1],
  ])('keeps the minor units of %s', async (currency, amount, unitAmount) => {
    const product = await getProduct(ctx, await newProduct(`In ${currency}`, currency, amount))
    expect(product?.defaultPrice).toMatchObject({ currency, unitAmount })
  })

  it('without a price makes none', async () => {
    const { productId } = value(await createProduct(ctx, { operationId: randomUUID(), name: 'Bare' }))
    expect(await getProduct(ctx, productId)).toMatchObject({ defaultPrice: null, prices: [] })
  })

  it('twice under one id makes one', async () => {
    const input = { operationId: randomUUID(), name: 'Once', price: { currency: 'usd', amount: '1.00' } }
    const first = await createProduct(ctx, input)
    expect(await createProduct(ctx, input)).toEqual(first)
    expect(await names('Once')).toEqual(['Once'])
  })

  it('refuses an amount that the schema should have refused, before Stripe is asked', async () => {
    const input = { operationId: randomUUID(), name: 'Wrong', price: { currency: 'jpy', amount: '10.5' } }
    const result = await createProduct(ctx, input)
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect((await sandbox.stripe.products.list()).data.map(({ name }) => name)).not.toContain('Wrong')
  })
})

describe('a product', () => {
  it('takes further prices, and a new default one first in its list', async () => {
    const productId = await newProduct('Chair')
    const price = { productId, currency: 'eur', nickname: 'Europe' }
    const plain = { ...price, operationId: randomUUID(), amount: '10', isDefault: false }
    value(await createPrice(ctx, plain))
    expect(await getProduct(ctx, productId)).toMatchObject({ defaultPrice: { currency: 'usd' } })
    const preferred = { ...price, operationId: randomUUID(), amount: '20', isDefault: true }
    const { priceId } = value(await createPrice(ctx, preferred))
    const product = await getProduct(ctx, productId)
    const [first, ...others] = product?.prices.map(({ unitAmount }) => unitAmount) ?? []
    expect(first).toBe(2000)
    expect(new Set(others)).toEqual(new Set([123_456, 1000]))
    expect(product?.defaultPrice?.id).toBe(priceId)
  })

  it('is archived and restored, and moves between the lists', async () => {
    const productId = await newProduct('Lamp')
    expect(value(await archiveProduct(ctx, { operationId: randomUUID(), productId })).said).toBe('archived')
    expect([await names('Lamp'), await names('Lamp', true)]).toEqual([[], ['Lamp']])
    expect(value(await restoreProduct(ctx, { operationId: randomUUID(), productId })).said).toBe('active')
    expect([await names('Lamp'), await names('Lamp', true)]).toEqual([['Lamp'], []])
  })

  it('is not archived by what was asked of it under the id of another operation', async () => {
    const productId = await newProduct('Shelf')
    const operationId = randomUUID()
    value(await archiveProduct(ctx, { operationId, productId }))
    const result = await restoreProduct(ctx, { operationId, productId })
    expect(result).toMatchObject({ ok: false, error: { code: 'operation_mismatch' } })
  })

  it('that Stripe does not know is told in words of Stripe', async () => {
    const result = await archiveProduct(ctx, { operationId: randomUUID(), productId: 'prod_doesnotexist' })
    expect(result).toMatchObject({
      ok: false,
      error: { stripe: { requestId: expect.stringMatching(/^req_/) } },
    })
  })

  it('that is unknown, deleted or no id at all is not found', async () => {
    const productId = await newProduct('Gone')
    await db().product.update({ where: { id: productId }, data: { deletedAt: new Date() } })
    for (const id of [productId, 'prod_unknown', 'in_1', '../v1', '\u0000', '']) {
      expect(await getProduct(ctx, id)).toBeNull()
    }
    expect(await names('Gone')).toEqual([])
  })
})

describe('the lists', () => {
  beforeAll(async () => {
    await newProduct('100% wool')
    await newProduct('100 woolen socks')
    await newProduct('snake_case')
    await newProduct('back\\slash')
  })

  it.each([
    ['100%', ['100% wool']],
    ['WOOL', ['100 woolen socks', '100% wool']],
    ['e_c', ['snake_case']],
    ['\\', ['back\\slash']],
    ['wo\u0000ol', ['100 woolen socks', '100% wool']],
    ["'; drop table products --", []],
  ])('find %j literally', async (search, expected) => {
    expect((await names(search)).sort()).toEqual([...expected].sort())
  })

  it('do not show what Stripe mints behind a line with a bare amount', async () => {
    const customer = await sandbox.stripe.customers.create({ name: 'Acme' })
    const item = await sandbox.stripe.invoiceItems.create({
      customer: customer.id,
      amount: 500,
      currency: 'usd',
      description: 'One-off work',
    })
    const minted = item.pricing?.price_details
    const productId = minted?.product ?? ''
    const priceId = typeof minted?.price === 'string' ? minted.price : (minted?.price.id ?? '')
    await refresh('product', productId)
    await refresh('price', priceId)
    expect(await db().product.findUnique({ where: { id: productId } })).toMatchObject({ isActive: false })
    expect([await names('One-off'), await names('One-off', true)]).toEqual([[], []])
    expect(await searchPrices(ctx, { search: 'One-off', currency: null })).toEqual([])
  })

  it('show what somebody archived in the Stripe Dashboard', async () => {
    const product = await sandbox.stripe.products.create({ name: 'Dashboard thing' })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await sandbox.stripe.products.update(product.id, { active: false })
    await refresh('product', product.id)
    expect(await names('Dashboard thing', true)).toEqual(['Dashboard thing'])
  })
})

describe('the price picker', () => {
  const choices = async (search: string, currency: string | null = null) =>
    (await searchPrices(ctx, { search, currency })).map(
      ({ unitAmountDecimal, currency: code }) => `${unitAmountDecimal} ${code}`,
    )

  it('offers active one-time prices of active products, the default one first', async () => {
    const productId = await newProduct('Picker')
    const price = { productId, nickname: 'second' }
    value(
      await createPrice(ctx, {
        ...price,
        operationId: randomUUID(),
        currency: 'eur',
        amount: '20',
        isDefault: false,
      }),
    )
    const old = value(
      await createPrice(ctx, {
        ...price,
        operationId: randomUUID(),
        currency: 'eur',
        amount: '30',
        isDefault: false,
      }),
    )
    value(await archivePrice(ctx, { operationId: randomUUID(), priceId: old.priceId }))
    const monthly = await sandbox.stripe.prices.create({
      product: productId,
      currency: 'eur',
      unit_amount: 100,
      recurring: { interval: 'month' },
    })
    await refresh('price', monthly.id)
    const decimal = { product: productId, currency: 'usd', unit_amount_decimal: '0.000125' }
    const fine: { id: string } = await sandbox.stripe.rawRequest('POST', '/v1/prices', decimal)
    await refresh('price', fine.id)

    expect(await choices('picker')).toEqual(['123456 usd', expect.any(String), expect.any(String)])
    expect((await choices('picker')).sort()).toEqual(['0.000125 usd', '123456 usd', '2000 eur'])
    expect(await choices('picker', 'eur')).toEqual(['2000 eur'])
    expect(await choices('second')).toEqual(['2000 eur'])
    expect(await choices('picker', 'gbp')).toEqual([])
    value(await archiveProduct(ctx, { operationId: randomUUID(), productId }))
    expect(await choices('picker')).toEqual([])
  })
})
