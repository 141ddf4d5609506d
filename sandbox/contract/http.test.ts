import { connect } from 'node:net'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { type Answer, TEST_KEY, useSandbox } from '@/sandbox/contract/account'

const sandbox = useSandbox()

/** What comes back for bytes that no client would send. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

const errorOf = ({ json }: Answer) =>
  json.error as { type: string; code?: string; param?: string; message: string }

describe('authentication', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

  test.each([
    ['a bearer key', `Bearer ${TEST_KEY}`],
    ['another test key', 'Bearer sk_test_someoneElse12345'],
    ['a restricted key', 'Bearer rk_test_12345678901234'],
    ['a basic user without password', basic(`${TEST_KEY}:`)],
  ])('%s is let in', async (_, authorization) => {
    const { status, json } = await sandbox.send('GET', '/v1/balance', undefined, { authorization })
    expect(status).toBe(200)
    expect(json).toMatchObject({ object: 'balance', livemode: false })
  })

  test.each([
    ['nothing', ''],
    ['an empty bearer', 'Bearer '],
    ['a live key', 'Bearer sk_live_abcdefghijklmnop'],
    ['a restricted live key', 'Bearer rk_live_abcdefghijklmnop'],
    ['a live key by basic', basic('sk_live_abcdefghijklmnop:')],
    ['a publishable key', 'Bearer pk_test_abcdefghijklmnop'],
    ['any text', 'Bearer hello'],
    ['another scheme', `Digest ${TEST_KEY}`],
  ])('%s is refused with 401', async (_, authorization) => {
    const answer = await sandbox.send('POST', '/v1/customers', 'name=Intruder', { authorization })
    expect(answer.status).toBe(401)
    expect(errorOf(answer).type).toBe('invalid_request_error')
    expect(answer.headers.get('request-id')).toMatch(/^req_/)
    expect(answer.text).not.toContain('abcdefghijklmnop')
  })

  test('no key at all is challenged', async () => {
    const answer = await sandbox.send('GET', '/v1/customers', undefined, { authorization: '' })
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Stripe"')
  })
})

describe('Stripe-Account', () => {
  test('may name the account itself, and no other', async () => {
    const { id } = await sandbox.stripe.accounts.retrieveCurrent()
    const own = await sandbox.send('GET', '/v1/balance', undefined, { 'stripe-account': id })
    expect([own.status, own.headers.get('stripe-account')]).toEqual([200, id])
    await expect(
      sandbox.stripe.customers.create({}, { stripeAccount: 'acct_somebodyElse' }),
    ).rejects.toMatchObject({ type: 'StripePermissionError', code: 'account_invalid' })
  })
})

describe('every answer', () => {
  test('carries a request id, the version and JSON', async () => {
    const first = await sandbox.send('GET', '/v1/balance')
    const second = await sandbox.send('GET', '/v1/customers/cus_nobody')
    for (const { headers } of [first, second]) {
      expect(headers.get('request-id')).toMatch(/^req_\w{10,}$/)
      expect(headers.get('stripe-version')).toBe(Stripe.API_VERSION)
      expect(headers.get('content-type')).toContain('application/json')
    }
    expect(first.headers.get('request-id')).not.toBe(second.headers.get('request-id'))
  })

  test('is in the pinned version when the caller names none', async () => {
    const response = await fetch(`${sandbox.url}/v1/balance`, {
      headers: { authorization: `Bearer ${TEST_KEY}` },
    })
    expect(response.headers.get('stripe-version')).toBe('2026-10-28.endive')
  })

  test('the SDK sees the request id', async () => {
    const balance = await sandbox.stripe.balance.retrieve()
    expect(balance.lastResponse.requestId).toMatch(/^req_/)
    expect(balance.lastResponse.statusCode).toBe(200)
  })
})

describe('unknown places', () => {
  test.each([
    ['GET', '/v1/nope'],
    ['GET', '/'],
    ['POST', '/v1/customers/cus_1/nope'],
    ['DELETE', '/v1/prices/price_1'],
    ['PUT', '/v1/customers'],
    ['GET', '/v1/customers/../invoiceitems/%2e%2e'],
    ['GET', '/v1/customers/%zz'],
    ['GET', '/v1/__proto__'],
    ['GET', '/v1/customers/constructor/toString'],
    ['GET', '/v1/customers/'],
    ['POST', '/v1/invoices//finalize'],
    ['PATCH', '/v1/customers/cus_1'],
    ['OPTIONS', '/v1/customers'],
  ])('%s %s', async (method, path) => {
    const answer = await sandbox.send(method, path)
    expect(answer.status).toBe(404)
    expect(errorOf(answer)).toMatchObject({ type: 'invalid_request_error' })
  })

  test('an address that is none is answered too', async () => {
    const answer = await raw('GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('an id may be encoded', async () => {
    const { id } = await sandbox.stripe.customers.create({})
    const answer = await sandbox.send('GET', `/v1/customers/${id.replace('_', '%5F')}`)
    expect(answer.json.id).toBe(id)
    await sandbox.stripe.customers.del(id)
  })

  test('the message names method and path', async () => {
    expect(errorOf(await sandbox.send('GET', '/v1/nope')).message).toContain('(GET: /v1/nope)')
  })
})

describe('parameters', () => {
  const post = (path: string, body: string, headers?: Record<string, string>) =>
    sandbox.send('POST', path, body, headers)

  test.each<[path: string, body: string, code: string | undefined, param: string]>([
    ['customers', 'nonsense=1', 'parameter_unknown', 'nonsense'],
    ['customers', 'address[planet]=mars', 'parameter_unknown', 'address[planet]'],
    ['customers', '__proto__[admin]=1', 'parameter_unknown', '__proto__'],
    ['customers', 'constructor=1', 'parameter_unknown', 'constructor'],
    ['customers', 'address[__proto__]=1', 'parameter_unknown', 'address[__proto__]'],
    ['customers', 'address=mars', undefined, 'address'],
    ['customers', 'name[first]=Ada', undefined, 'name'],
    ['customers', 'name[]=Ada', undefined, 'name'],
    ['customers', 'email=nobody', 'email_invalid', 'email'],
    ['customers', 'balance=1.5', 'parameter_invalid_integer', 'balance'],
    ['customers', 'balance=1e3', 'parameter_invalid_integer', 'balance'],
    ['customers', 'metadata=x', undefined, 'metadata'],
    ['customers', 'tax_exempt=perhaps', undefined, 'tax_exempt'],
    ['products', 'description=x', 'parameter_missing', 'name'],
    ['products', 'name=', 'parameter_invalid_empty', 'name'],
    ['products', 'name=x&active=maybe', undefined, 'active'],
    ['prices', 'unit_amount=1', 'parameter_missing', 'currency'],
    ['prices', 'currency=usd&unit_amount=-1&product_data[name]=x', undefined, 'unit_amount'],
    [
      'prices',
      'currency=usd&unit_amount=12abc&product_data[name]=x',
      'parameter_invalid_integer',
      'unit_amount',
    ],
    [
      'prices',
      'currency=usd&unit_amount=%20&product_data[name]=x',
      'parameter_invalid_integer',
      'unit_amount',
    ],
    ['prices', 'currency=usd&unit_amount_decimal=NaN&product_data[name]=x', undefined, 'unit_amount_decimal'],
    ['prices', 'currency=xxq&unit_amount=1&product_data[name]=x', undefined, 'currency'],
    ['invoices', 'customer=cus_nobody', 'resource_missing', 'customer'],
    ['webhook_endpoints', 'url=http://a.example&enabled_events=x', undefined, 'enabled_events'],
    ['webhook_endpoints', 'url=nowhere&enabled_events[]=*', 'url_invalid', 'url'],
  ])('POST /v1/%s with %s', async (path, body, code, param) => {
    const answer = await post(`/v1/${path}`, body)
    expect(answer.status).toBe(400)
    const error = errorOf(answer)
    expect(error).toMatchObject({ type: 'invalid_request_error', param })
    if (code) expect(error.code).toBe(code)
  })

  test.each(['name=%', 'name=%ff', 'a[b=1', '=1', 'address[city]=x&address=y', 'metadata[a[b]]=1'])(
    'malformed text: %s',
    async (body) => {
      const answer = await post('/v1/customers', body)
      expect(answer.status).toBe(400)
      expect(errorOf(answer).type).toBe('invalid_request_error')
    },
  )

  test('a name nested a thousand deep', async () => {
    expect((await post('/v1/customers', `metadata${'[x]'.repeat(1000)}=1`)).status).toBe(400)
    expect((await sandbox.send('GET', `/v1/customers?created${'[gt]'.repeat(1000)}=1`)).status).toBe(400)
  })

  test('a value of a megabyte', async () => {
    const answer = await post('/v1/customers', `description=${'x'.repeat(1_000_000)}`)
    expect([400, 413]).toContain(answer.status)
    expect(errorOf(answer).type).toBe('invalid_request_error')
  })

  test('a JSON body is not understood', async () => {
    expect(
      (await post('/v1/customers', '{"name":"Ada"}', { 'content-type': 'application/json' })).status,
    ).toBe(400)
  })

  test('nothing of this reached a prototype or left an object behind', async () => {
    const { data } = await sandbox.stripe.customers.list()
    expect(data).toEqual([])
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  test('a metadata key may be called __proto__', async () => {
    const answer = await post('/v1/customers', 'metadata[__proto__]=x&metadata[constructor]=y')
    expect(answer.status).toBe(200)
    expect(answer.text).toMatch(/"__proto__":\s*"x"/)
    const { id } = answer.json as { id: string }
    expect((await sandbox.send('GET', `/v1/customers/${id}`)).text).toMatch(/"__proto__":\s*"x"/)
  })

  test('unknown ones are tolerated from a caller that names no version, as the CLI', async () => {
    const response = await fetch(`${sandbox.url}/v1/customers`, {
      method: 'POST',
      body: 'name=CLI&account_balance=5',
      headers: { authorization: `Bearer ${TEST_KEY}` },
    })
    expect(response.status).toBe(200)
  })

  test.each([
    ['lists', 'a[b]=1&expand[]=tax_ids', 400],
    ['an empty body', '', 200],
  ])('%s', async (_, body, status) => {
    expect((await post('/v1/customers', body)).status).toBe(status)
  })

  test('indexed, empty and encoded brackets say the same', async () => {
    for (const body of [
      'preferred_locales[0]=de&preferred_locales[1]=en',
      'preferred_locales[]=de&preferred_locales[]=en',
      'preferred_locales%5B0%5D=de&preferred_locales%5B%5D=en',
    ]) {
      expect((await post('/v1/customers', body)).json).toMatchObject({ preferred_locales: ['de', 'en'] })
    }
  })

  test('text keeps every character', async () => {
    const name = 'Zoë & Sons + 100% <b>"\'` 日本 😀'
    const created = await sandbox.stripe.customers.create({ name, metadata: { 'a b&c': 'x=y' } })
    expect(await sandbox.stripe.customers.retrieve(created.id)).toMatchObject({
      name,
      metadata: { 'a b&c': 'x=y' },
    })
    expect((await post('/v1/customers', 'name=Jenny+Rosen')).json.name).toBe('Jenny Rosen')
  })

  test('lengths have limits', async () => {
    for (const body of [
      `name=${'x'.repeat(257)}`,
      `metadata[${'k'.repeat(41)}]=x`,
      `metadata[k]=${'x'.repeat(501)}`,
      Array.from({ length: 51 }, (_, index) => `metadata[k${index}]=x`).join('&'),
    ]) {
      expect((await post('/v1/customers', body)).status).toBe(400)
    }
  })
})

test('features that are not built are refused, never ignored', async () => {
  const { id } = await sandbox.stripe.customers.create({})
  for (const extra of [
    'automatic_tax[enabled]=true',
    'discounts[0][coupon]=SPRING',
    'default_tax_rates[]=txr_1',
    'from_invoice[action]=revision&from_invoice[invoice]=in_1',
    'on_behalf_of=acct_1',
    'shipping_cost[shipping_rate]=shr_1',
  ]) {
    const answer = await sandbox.send('POST', '/v1/invoices', `customer=${id}&${extra}`)
    expect([extra, answer.status]).toEqual([extra, 400])
    expect(errorOf(answer).type).toBe('invalid_request_error')
  }
  const { data } = await sandbox.stripe.invoices.list()
  expect(data).toEqual([])
})
