import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, useSandbox } from '@/sandbox/contract/account'
import { customer, draft } from '@/sandbox/contract/scenes'
import { badValuesOf } from '@/sandbox/contract/schema/bad-values'
import { methodsOf, type SdkMethod } from '@/sandbox/contract/schema/methods'
import { allPlacesIn, type Place, pairsOf, placesIn } from '@/sandbox/contract/schema/places'
import type { ObjectSchema } from '@/sandbox/contract/schema/schema'
import { sendComplete } from '@/sandbox/contract/schema/send-complete'

const sandbox = useSandbox()

type Method = SdkMethod & { params: ObjectSchema; url: string; places: Place[]; base: string[] }

/** Everything a caller can see: what must not change when nothing may happen. */
async function everything(): Promise<string> {
  const lists = ['customers', 'invoices', 'invoiceitems', 'prices', 'products', 'events'].map(
    async (name) => (await sandbox.send('GET', `/v1/${name}?limit=100`)).text,
  )
  const ledger = await sandbox.control<{ status: number }[]>('GET', 'ledger')
  const done = ledger.filter(({ status }) => status < 300).length
  return [...(await Promise.all(lists)), `${done} done`].join('\n')
}

/** The objects that the paths of a resource are about. */
async function scene(): Promise<Record<string, string>> {
  const { stripe } = sandbox
  const product = await stripe.products.create({ name: 'Hour' })
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100 })
  const owner = await customer(stripe)
  const invoice = await draft(stripe, { customer: owner.id })
  const [item] = (await stripe.invoiceItems.list({ invoice: invoice.id })).data
  return {
    customers: owner.id,
    prices: price.id,
    invoices: invoice.id,
    invoiceItems: String(item?.id),
    product: product.id,
  }
}

/** A request that is right but for what is added to it. */
function baseOf({ name, params }: SdkMethod, known: Record<string, string>): string[] {
  const given: Record<string, string[]> = {
    'invoices.create': [`customer=${known.customers}`],
    'invoiceItems.create': [`customer=${known.customers}`, 'amount=100', 'currency=usd'],
    'prices.create': [`product=${known.product}`, 'currency=usd', 'unit_amount=5'],
  }
  const required = params ? placesIn(params, '').filter(({ optional }) => !optional) : []
  return given[name] ?? required.flatMap(pairsOf)
}

function isAbout(pair: string, at: string): boolean {
  const name = pair.slice(0, pair.indexOf('='))
  return name === at || name.startsWith(`${at}[`) || at.startsWith(`${name}[`)
}

/** Empty when a request was refused, and because of this parameter if there is no other reason. */
function objection(method: Method, at: string, pairs: string[], { status, text, json }: Answer): string[] {
  const param = String((json.error as { param?: string } | undefined)?.param)
  const isRefused = status >= 400 && status < 500
  const isReplaced = method.base.some((pair) => isAbout(pair, at))
  if (isRefused && (isReplaced || isAbout(`${param}=`, at))) return []
  return [`${pairs.join('&').slice(0, 100)} → ${status} ${text.slice(0, 200)}`]
}

async function tryOut(method: Method, at: string, pairs: string[]): Promise<string[]> {
  const rest = method.base.filter((pair) => !isAbout(pair, at))
  const send = (form: string) => sandbox.send('POST', method.url, form)
  return objection(method, at, pairs, await sendComplete(send, method.params, [...rest, ...pairs]))
}

async function leaveOut(method: Method, at: string): Promise<string[]> {
  const rest = method.base.filter((pair) => !isAbout(pair, at))
  return objection(method, at, rest, await sandbox.send('POST', method.url, rest.join('&')))
}

const methods = ['Customers', 'Invoices', 'InvoiceItems', 'Prices']
  .flatMap(methodsOf)
  .filter(({ name }) => /\.(create|update)$/.test(name))

describe.each(methods.map((method) => [method.name, method] as const))('%s', (_, sdk) => {
  async function prepared(): Promise<Method> {
    const known = await scene()
    const { params } = sdk
    if (!params) throw new Error(`${sdk.name} has no parameters`)
    const [resource = ''] = sdk.name.split('.')
    const url = sdk.path.replace(/:\w+/, String(known[resource]))
    return { ...sdk, params, url, places: allPlacesIn(params), base: baseOf(sdk, known) }
  }

  test('is right without what is wrong', async () => {
    const method = await prepared()
    const { status, text } = await sandbox.send('POST', method.url, method.base.join('&'))
    expect([status, text.slice(0, 300)]).toEqual([200, expect.anything()])
  })

  test('every parameter of a wrong type, over its limit, unknown or twice', async () => {
    const method = await prepared()
    const before = await everything()
    const objections: string[] = []
    for (const place of method.places) {
      for (const { pairs } of badValuesOf(place)) objections.push(...(await tryOut(method, place.at, pairs)))
    }
    expect(objections).toEqual([])
    expect(await everything()).toBe(before)
  })

  test('every parameter that is required missing', async () => {
    const method = await prepared()
    const before = await everything()
    const names = method.base.map((pair) => pair.slice(0, pair.indexOf('=')))
    const objections = await Promise.all(names.map((name) => leaveOut(method, name)))
    expect(objections.flat()).toEqual([])
    expect(await everything()).toBe(before)
  })
})

describe('text that is no form', () => {
  const wild = [
    ['a body of a megabyte', `description=${'x'.repeat(1024 * 1024)}`],
    ['a megabyte of names', Array.from({ length: 60_000 }, (_, index) => `metadata[k${index}]=x`).join('&')],
    ['a megabyte of one name', `${'x'.repeat(1024 * 1024)}=1`],
    ['a name nested a thousand deep', `metadata${'[x]'.repeat(1000)}=1`],
    ['a list nested a thousand deep', `preferred_locales${'[]'.repeat(1000)}=1`],
    ['an index beyond all lists', 'preferred_locales[999999999999]=x'],
    ['half of a percent-encoding', 'name=%'],
    ['no UTF-8', 'name=%ff%fe'],
    ['an encoded half of a pair', 'name=%ED%A0%80'],
    ['a name without an end', 'address[city=x'],
    ['brackets the wrong way round', 'address]city[=x'],
    ['no name', '=x'],
    ['__proto__', '__proto__=x'],
    ['__proto__ with a key', '__proto__[admin]=true'],
    ['__proto__ inside', 'address[__proto__][admin]=true'],
    ['constructor', 'constructor[prototype][admin]=true'],
    ['toString', 'toString=x'],
    ['two shapes', 'address=x&address[city]=y'],
    ['JSON', '{"name":"Ada"}'],
    ['XML', '<customer><name>Ada</name></customer>'],
    ['a null byte in a name', 'na%00me=x'],
  ] as const

  test.each(wild)('%s', async (_, body) => {
    const before = await everything()
    for (const path of ['customers', 'invoices', 'invoiceitems', 'prices']) {
      const { status } = await sandbox.send('POST', `/v1/${path}`, body)
      expect([path, status >= 400 && status < 500]).toEqual([path, true])
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
    expect(await everything()).toBe(before)
  })
})

describe('anything at all', () => {
  const rest = [
    ...[
      'CreditNotes',
      'Coupons',
      'PromotionCodes',
      'TaxRates',
      'Products',
      'PaymentIntents',
      'PaymentMethods',
    ],
    ...[
      'Charges',
      'Refunds',
      'TaxIds',
      'WebhookEndpoints',
      'ShippingRates',
      'Plans',
      'TestHelpers/TestClocks',
    ],
    ...['Events', 'InvoicePayments', 'InvoiceRenderingTemplates', 'Balance', 'Disputes'],
  ].flatMap(methodsOf)
  const all = [...methods, ...rest].flatMap((method) => {
    const { params } = method
    return params ? allPlacesIn(params).map((place) => ({ method, params, place })) : []
  })
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.constantFrom(
      '',
      '0',
      '-1',
      '1',
      'true',
      'x',
      '%00',
      '99999999',
      'null',
      'undefined',
      '[]',
      '{}',
      '%F0%9F%98%80',
    ),
  )
  const name = fc.constantFrom('', '[]', '[0]', '[7]', '[x]', '[__proto__]', '[][x]', '[0][0]')

  test('for any parameter of any method is answered, and not with 500', async () => {
    const one = fc.record({ of: fc.constantFrom(...all), tail: name, value })
    await fc.assert(
      fc.asyncProperty(one, async ({ of: { method, params, place }, tail, value: text }) => {
        const path = method.path.replaceAll(/:\w+/g, 'nobody')
        const send = (form: string) =>
          method.verb === 'POST'
            ? sandbox.send('POST', path, form)
            : sandbox.send(method.verb, `${path}?${form}`)
        const { status, text: answer } = await sendComplete(send, params, [`${place.at}${tail}=${text}`])
        expect(status, answer).toBeLessThan(500)
      }),
      { numRuns: 600 },
    )
  })

  test('as a whole body is answered, and not with 500', async () => {
    const part = fc.oneof(
      fc.constantFrom('a', '[', ']', '=', '&', '%', '0', '%5B', '%ff', '+', '__proto__', 'name', 'metadata'),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const { status } = await sandbox.send('POST', '/v1/customers', parts.join(''))
        expect(status).toBeLessThan(500)
      }),
      { numRuns: 200 },
    )
  })
})
