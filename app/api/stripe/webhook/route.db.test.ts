import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sign } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { testWebhookSecret, useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import { renderMetrics } from '@/lib/sync/metrics'
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from './route'

useTestDatabase()
useTestSandbox()
const newSecret = 'whsec_theNextOneAfterTheRotation'
process.env.STRIPE_WEBHOOK_SECRET = `${newSecret},${testWebhookSecret}`

let count = 0
const now = () => Math.floor(Date.now() / 1000)

function eventBody(event: Record<string, unknown> = {}): string {
  count += 1
  return JSON.stringify({
    id: `evt_test${count}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: now(),
    livemode: false,
    type: 'invoice.paid',
    data: { object: { id: `in_test${count}`, object: 'invoice' } },
    ...event,
  })
}

function post(body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return POST(
    new Request('http://duebook.example/api/stripe/webhook', {
      method: 'POST',
      body: body as BodyInit,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    }),
  )
}

const postSigned = (body: string, options?: Parameters<typeof sign>[1]) =>
  post(body, { 'stripe-signature': sign(body, options) })

/** Runs `attempt` and checks that it was answered with `status` and left nothing behind. */
async function expectNothingStored(status: number, attempt: () => Promise<Response>): Promise<void> {
  const before = [await db().stripeEvent.count(), await db().syncObject.count()]
  const response = await attempt()
  expect(response.status).toBe(status)
  expect([await db().stripeEvent.count(), await db().syncObject.count()]).toEqual(before)
}

describe('a good delivery', () => {
  it('is kept byte for byte and marks its object', async () => {
    const body = eventBody({ id: 'evt_good', data: { object: { id: 'in_good', note: 'ä€𝄞  ' } } })
    expect((await postSigned(body)).status).toBe(200)
    expect(await db().stripeEvent.findUnique({ where: { id: 'evt_good' } })).toMatchObject({
      type: 'invoice.paid',
      state: 'received',
      objectType: 'invoice',
      objectId: 'in_good',
      payload: body,
    })
    const marked = await db().syncObject.findUnique({
      where: { type_id: { type: 'invoice', id: 'in_good' } },
    })
    expect(marked).toMatchObject({ dirtySeq: 1n, doneSeq: 0n })
    expect(marked?.nextAttemptAt).not.toBeNull()
  })

  it('counts once however often it comes, also 50 times at the same moment', async () => {
    const body = eventBody({ id: 'evt_often', data: { object: { id: 'in_often' } } })
    const responses = await Promise.all(Array.from({ length: 50 }, () => postSigned(body)))
    expect(responses.map((response) => response.status)).toEqual(Array(50).fill(200))
    expect(await db().stripeEvent.count({ where: { id: 'evt_often' } })).toBe(1)
    const marked = await db().syncObject.findUnique({
      where: { type_id: { type: 'invoice', id: 'in_often' } },
    })
    expect(marked?.dirtySeq).toBe(1n)
  })

  it('raises one mark however many events concern one object', async () => {
    const bodies = Array.from({ length: 20 }, () => eventBody({ data: { object: { id: 'in_busy' } } }))
    await Promise.all(bodies.map((body) => postSigned(body)))
    const marked = await db().syncObject.findMany({ where: { id: 'in_busy' } })
    expect(marked).toHaveLength(1)
    expect(marked[0]?.dirtySeq).toBe(20n)
  })

  it.each([
    ['signed 299 s ago', -299],
    ['signed 299 s ahead', 299],
  ])('may be %s', async (_, seconds) => {
    expect((await postSigned(eventBody(), { at: now() + seconds })).status).toBe(200)
  })

  it('may be signed with either secret, and with both in either order', async () => {
    const both = (body: string, first: string, second: string) => {
      const at = now()
      const [, other = ''] = sign(body, { secret: second, at }).split(',')
      return `${sign(body, { secret: first, at })},${other},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39`
    }
    const foreign = 'whsec_somebodyElse'
    for (const [first, second] of [
      [newSecret, foreign],
      [foreign, newSecret],
      [testWebhookSecret, newSecret],
      [foreign, testWebhookSecret],
    ] as const) {
      const body = eventBody()
      expect((await post(body, { 'stripe-signature': both(body, first, second) })).status).toBe(200)
    }
    await expectNothingStored(400, () => postSigned(eventBody(), { secret: foreign }))
  })
})

describe('what its signature does not cover', () => {
  it.each([
    ['no signature', {}],
    ['an empty signature', { 'stripe-signature': '' }],
    ['nonsense', { 'stripe-signature': 'nonsense' }],
    ['only the fake scheme', { 'stripe-signature': `t=${now()},v0=${'a'.repeat(64)}` }],
    [
      'a session instead of a signature',
      { cookie: '__Secure-next-auth.session-token=valid; next-auth.session-token=valid' },
    ],
  ])('is refused with %s', async (_, headers) => {
    await expectNothingStored(400, () => post(eventBody(), headers))
  })

  it('is refused with the header twice', async () => {
    const body = eventBody()
    const header = sign(body)
    await expectNothingStored(400, () => post(body, { 'stripe-signature': `${header}, ${header}` }))
  })

  it('is refused with one bit flipped, in the body or in the signature', async () => {
    const body = eventBody()
    const bytes = Buffer.from(body)
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1
    await expectNothingStored(400, () => post(bytes, { 'stripe-signature': sign(body) }))
    const header = sign(body)
    const flipped = header.slice(0, -1) + (header.endsWith('0') ? '1' : '0')
    await expectNothingStored(400, () => post(body, { 'stripe-signature': flipped }))
  })

  it.each([
    ['too old', -302],
    ['from the future', 302],
    ['from tomorrow', 86_400],
  ])('is refused when it is %s', async (_, seconds) => {
    await expectNothingStored(400, () => postSigned(eventBody(), { at: now() + seconds }))
  })

  it('is refused with a crooked timestamp', async () => {
    const body = eventBody()
    const header = sign(body)
    await expectNothingStored(400, () =>
      post(body, { 'stripe-signature': header.replace(/t=(\d+)/, 't=$1abc') }),
    )
    await expectNothingStored(400, () => post(body, { 'stripe-signature': `t=${now()},${header}` }))
  })

  it('is refused when the body was written anew on its way', async () => {
    const body = eventBody()
    const headers = { 'stripe-signature': sign(body) }
    const rewritten: [string | Uint8Array, Record<string, string>?][] = [
      [JSON.stringify(JSON.parse(body), null, 2)],
      [`\uFEFF${body}`],
      [`${body}\r\n`],
      [gzipSync(body), { 'content-encoding': 'gzip' }],
      [Buffer.concat([Buffer.from(body), Buffer.from([0xff, 0xfe])])],
      [Buffer.from(body, 'utf16le')],
      [''],
    ]
    for (const [altered, more] of rewritten) {
      await expectNothingStored(400, () => post(altered, { ...headers, ...more }))
    }
  })
})

describe('a signed body that is no event of ours', () => {
  it.each([
    ['not JSON', 'hello'],
    ['an array', '[]'],
    ['null', 'null'],
    ['another object', '{"object":"invoice","id":"in_1"}'],
    ['an event without an id', eventBody({ id: undefined })],
    ['an event with an id of another kind', eventBody({ id: 'evt_1; drop table' })],
    ['a thin event', eventBody({ object: 'v2.core.event' })],
    ['an impossible time', eventBody({ created: 1e300 })],
    ['no mode', eventBody({ livemode: 'false' })],
  ])('is refused: %s', async (_, body) => {
    await expectNothingStored(400, () => postSigned(body))
  })

  it('is refused beyond 512 kB, with or without a stated length', async () => {
    const body = eventBody({ padding: 'x'.repeat(1_100_000) })
    await expectNothingStored(413, () => postSigned(body))
    const chunked = new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 65_536)
          controller.enqueue(Buffer.from(body.slice(at, at + 65_536)))
        controller.close()
      },
    })
    const request = new Request('http://duebook.example/api/stripe/webhook', {
      method: 'POST',
      body: chunked,
      duplex: 'half',
      headers: { 'stripe-signature': sign(body) },
    } as RequestInit)
    await expectNothingStored(413, () => POST(request))
  })
})

describe('an unusual event', () => {
  const stateOf = async (id: string) => {
    const event = await db().stripeEvent.findUniqueOrThrow({ where: { id } })
    return { state: event.state, objectType: event.objectType, objectId: event.objectId }
  }
  const ignored = { state: 'ignored', objectType: null, objectId: null }

  it.each([
    ['of an unknown family', 'three_d_secure.created', { id: 'tdsrc_1' }],
    ['about an invoice that does not exist yet', 'invoice.upcoming', { object: 'invoice' }],
    ['about an item that waits for an invoice', 'invoiceitem.created', { id: 'ii_1', invoice: null }],
    ['named like a property of every object', 'constructor.created', { id: 'x' }],
    ['without an object', 'invoice.paid', undefined],
    ['with an id that is none', 'invoice.paid', { id: { $ne: null } }],
  ])('%s is kept and ignored', async (_, type, object) => {
    const id = `evt_unusual${count}`
    expect((await postSigned(eventBody({ id, type, data: { object } }))).status).toBe(200)
    expect(await stateOf(id)).toEqual(ignored)
  })

  it('may be nested 10,000 deep, and pollutes no prototype', async () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000)
    const body = `{"id":"evt_deep","object":"event","created":${now()},"livemode":false,"type":"product.updated",
      "__proto__":{"polluted":true},"data":{"object":{"id":"prod_deep","__proto__":{"id":"prod_evil"},"deep":${deep}}}}`
    expect((await postSigned(body)).status).toBe(200)
    expect(await stateOf('evt_deep')).toEqual({
      state: 'received',
      objectType: 'product',
      objectId: 'prod_deep',
    })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('may repeat a key: the last one counts, once', async () => {
    const body = `{"id":"evt_first","object":"event","created":${now()},"livemode":false,"type":"price.updated","id":"evt_last",
      "data":{"object":{"id":"price_a","id":"price_b"}}}`
    expect((await postSigned(body)).status).toBe(200)
    expect(await stateOf('evt_last')).toMatchObject({ objectId: 'price_b' })
    expect(await db().stripeEvent.count({ where: { id: 'evt_first' } })).toBe(0)
  })

  it.each([
    ['of the other mode', { livemode: true }],
    ['of a connected account', { account: 'acct_somebodyElse' }],
  ])('%s is quarantined and marks nothing', async (_, fields) => {
    const id = `evt_foreign${count}`
    const body = eventBody({ id, data: { object: { id: `in_foreign${count}` } }, ...fields })
    expect((await postSigned(body)).status).toBe(200)
    expect(await stateOf(id)).toMatchObject({ state: 'quarantined' })
    expect(await db().syncObject.count({ where: { id: { startsWith: 'in_foreign' } } })).toBe(0)
  })

  it.each([
    ['invoiceitem.created', { id: 'ii_1', invoice: 'in_a' }, 'invoice', 'in_a'],
    ['invoice_payment.paid', { id: 'inpay_1', invoice: 'in_b' }, 'invoice', 'in_b'],
    ['payment_intent.succeeded', { id: 'pi_a' }, 'payment_intent', 'pi_a'],
    ['charge.succeeded', { id: 'ch_a', payment_intent: 'pi_b' }, 'charge', 'ch_a'],
    ['customer.updated', { id: 'cus_a', object: 'customer' }, 'customer', 'cus_a'],
    ['customer.tax_id.created', { id: 'txi_a', object: 'tax_id', customer: 'cus_b' }, 'customer', 'cus_b'],
    ['product.deleted', { id: 'my own-id.1' }, null, null],
    ['product.deleted', { id: 'my-own.id' }, 'product', 'my-own.id'],
    ['price.created', { id: 'price_x' }, 'price', 'price_x'],
  ])('%s marks what it concerns', async (type, object, objectType, objectId) => {
    const id = `evt_concerns${count}`
    await postSigned(eventBody({ id, type, data: { object } }))
    expect(await stateOf(id)).toMatchObject({ objectType, objectId })
  })

  it('about a payment marks the invoices that are known to be paid by it', async () => {
    for (const invoiceId of ['in_paid1', 'in_paid2']) {
      await db().invoicePayment.create({
        data: {
          id: `inpay_${invoiceId}`,
          invoiceId,
          status: 'open',
          isDefault: true,
          amountRequested: 100n,
          currency: 'eur',
          paymentType: 'payment_intent',
          paymentId: 'pi_known',
          createdAt: new Date(),
          raw: {},
        },
      })
    }
    await postSigned(
      eventBody({
        id: 'evt_known',
        type: 'payment_intent.payment_failed',
        data: { object: { id: 'pi_known' } },
      }),
    )
    expect(await stateOf('evt_known')).toEqual({
      state: 'received',
      objectType: 'invoice',
      objectId: 'in_paid1',
    })
    const marked = await db().syncObject.findMany({
      where: { id: { in: ['in_paid1', 'in_paid2', 'pi_known'] } },
    })
    expect(marked.map((object) => object.id).sort()).toEqual(['in_paid1', 'in_paid2'])
  })
})

it('counts deliveries by what became of them, rejected ones by the reason', async () => {
  const counted = async (series: string) => {
    const { body } = await renderMetrics()
    const line = body.split('\n').find((one) => one.startsWith(`${series} `))
    return Number(line?.split(' ').at(-1) ?? 0)
  }
  const received = (outcome: string) => `duebook_webhooks_total{outcome="${outcome}"}`
  const rejected = (reason: string) => `duebook_webhook_rejected_total{reason="${reason}"}`
  const good = eventBody()
  const cases: [series: string, delivery: () => Promise<Response>][] = [
    [received('stored'), () => postSigned(good)],
    [received('duplicate'), () => postSigned(good)],
    [rejected('no_signature'), () => post(eventBody())],
    [rejected('bad_signature'), () => postSigned(eventBody(), { secret: 'whsec_another' })],
    [rejected('bad_timestamp'), () => postSigned(eventBody(), { at: now() - 400 })],
    [rejected('not_an_event'), () => postSigned('{}')],
    [rejected('too_large'), () => post('x'.repeat(600_000))],
    ['duebook_webhook_seconds_count', () => postSigned(eventBody())],
    ['duebook_webhook_commit_events_sum', () => postSigned(eventBody())],
  ]
  for (const [series, delivery] of cases) {
    const before = await counted(series)
    await delivery()
    expect(await counted(series), series).toBe(before + 1)
  }
})

it('answers every other method with 405 and says what is allowed', async () => {
  for (const [method, handler] of Object.entries({ GET, HEAD, PUT, PATCH, DELETE, OPTIONS })) {
    const response = await handler(new Request('http://duebook.example/api/stripe/webhook', { method }))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  }
})
