import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()
const vat = { display_name: 'VAT', inclusive: false, percentage: 19 }

describe('a tax rate', () => {
  test('is created with what is said of it', async () => {
    const { stripe } = account
    const rate = await stripe.taxRates.create({
      ...vat,
      percentage: 7.2525,
      country: 'US',
      state: 'CA',
      jurisdiction: 'US - CA',
      description: 'California',
      tax_type: 'sales_tax',
      metadata: { code: 'T1' },
    })
    expect(rate).toMatchObject({
      object: 'tax_rate',
      active: true,
      country: 'US',
      description: 'California',
      display_name: 'VAT',
      effective_percentage: null,
      flat_amount: null,
      inclusive: false,
      jurisdiction: 'US - CA',
      jurisdiction_level: null,
      livemode: false,
      metadata: { code: 'T1' },
      percentage: 7.2525,
      rate_type: null,
      state: 'CA',
      tax_type: 'sales_tax',
    })
    expect(rate.id).toMatch(/^txr_\w{24}$/)
    expect(await stripe.taxRates.retrieve(rate.id)).toMatchObject({ id: rate.id, percentage: 7.2525 })
    expect(await eventTypes(stripe, rate.id)).toEqual(['tax_rate.created'])
  })

  test('changes in everything but how it calculates', async () => {
    const { stripe } = account
    const { id } = await stripe.taxRates.create(vat)
    const changed = await stripe.taxRates.update(id, {
      active: false,
      display_name: 'Mehrwertsteuer',
      country: 'DE',
      metadata: { a: '1' },
    })
    expect(changed).toMatchObject({
      active: false,
      display_name: 'Mehrwertsteuer',
      country: 'DE',
      percentage: 19,
    })
    await stripe.taxRates.update(id, { active: false })
    expect(await eventTypes(stripe, id)).toEqual(['tax_rate.created', 'tax_rate.updated'])
    const refused = await refusalOf(stripe.taxRates.update(id, { percentage: 20 } as object))
    expect(refused).toMatchObject({ status: 400, code: 'parameter_unknown', param: 'percentage' })
  })

  test.each([
    [{ percentage: 100.0001 }, 'percentage'],
    [{ percentage: -1 }, 'percentage'],
    [{ percentage: 1.23456 }, 'percentage'],
    [{ display_name: 'x'.repeat(51) }, 'display_name'],
    [{ jurisdiction: 'x'.repeat(51) }, 'jurisdiction'],
    [{ country: 'Germany' }, 'country'],
    [{ tax_type: 'tithe' }, 'tax_type'],
  ])('is refused with %j', async (wrong, param) => {
    const refused = await refusalOf(account.stripe.taxRates.create({ ...vat, ...wrong }))
    expect(refused).toMatchObject({ status: 400, param })
  })

  test('is missing where it is not', async () => {
    const { stripe } = account
    expect(await refusalOf(stripe.taxRates.retrieve('txr_none'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
    })
    expect(await refusalOf(stripe.taxRates.create({ ...vat, percentage: undefined } as never))).toMatchObject(
      {
        code: 'parameter_missing',
        param: 'percentage',
      },
    )
  })

  test('is listed by whether it is active and inclusive', async () => {
    const { stripe } = account
    const marker = { description: `list ${Date.now()}` }
    const inclusive = await stripe.taxRates.create({ ...vat, ...marker, inclusive: true })
    const archived = await stripe.taxRates.create({ ...vat, ...marker, active: false })
    const own = async (params: object) => {
      const { data } = await stripe.taxRates.list({ limit: 100, ...params })
      return data.filter(({ description }) => description === marker.description).map(({ id }) => id)
    }
    expect(await own({})).toEqual([archived.id, inclusive.id])
    expect(await own({ active: true })).toEqual([inclusive.id])
    expect(await own({ inclusive: false })).toEqual([archived.id])
    expect(await own({ created: { lt: inclusive.created } })).toEqual([])
  })
})
