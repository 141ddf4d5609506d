import { request } from 'node:http'
import { expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'

const sandbox = useSandbox()

/** A request with headers that `fetch` would not let one set. */
function ask(method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const asked = request(sandbox.url + path, { method, headers }, async (response) => {
      let body = ''
      for await (const chunk of response.setEncoding('utf8')) body += chunk
      resolve({ status: response.statusCode, body })
    })
    asked.once('error', reject)
    asked.end()
  })
}

const port = () => new URL(sandbox.url).port
const hops = async () => (await ask('POST', '/_sandbox/clock/run', { host: `localhost:${port()}` })).status

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('is reached as %s, on any port', async (name) => {
  for (const host of [name, `${name}:${port()}`, `${name}:80`]) {
    expect((await ask('GET', '/_sandbox/health', { host })).status).toBe(200)
  }
})

test.each([
  'evil.example',
  'evil.example:4242',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example@127.0.0.1',
  '127.0.0.1:4242.evil.example',
  '192.168.0.1',
])('refuses whoever calls it %j', async (host) => {
  for (const [method, path] of [
    ['GET', '/_sandbox/health'],
    ['GET', '/_sandbox/ledger'],
    ['POST', '/_sandbox/clock/run'],
    ['GET', '/_sandbox/nonsense'],
  ] as const) {
    const { status, body } = await ask(method, path, { host })
    expect(status).toBe(403)
    expect(JSON.parse(body).error).toMatch(/by no other name/)
  }
})

test('is not turned by the pages of other web sites', async () => {
  const own = { host: `127.0.0.1:${port()}` }
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `https://127.0.0.1:${port()}` },
    { origin: 'http://127.0.0.1:3000' },
    { origin: `http://127.0.0.1:${port()}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { origin: sandbox.url, 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[]) {
    for (const [method, path] of [
      ['POST', '/_sandbox/reset'],
      ['POST', '/_sandbox/clock/run'],
      ['DELETE', '/_sandbox/faults'],
    ] as const) {
      const { status, body } = await ask(method, path, { ...own, ...headers })
      expect(status).toBe(403)
      expect(JSON.parse(body).error).toMatch(/another web site/)
    }
  }
})

test('is turned by its own pages and by programs', async () => {
  expect(await hops()).toBe(200)
  const { status } = await ask('POST', '/_sandbox/clock/run', {
    host: `127.0.0.1:${port()}`,
    origin: sandbox.url,
    'sec-fetch-site': 'same-origin',
  })
  expect(status).toBe(200)
  expect((await ask('GET', '/_sandbox/health', { 'sec-fetch-site': 'cross-site' })).status).toBe(200)
})

test('leaves the API and the customer’s pages their own rules', async () => {
  const headers = { origin: 'https://shop.example', host: 'shop.example' }
  expect((await ask('GET', '/i/acct_1/none', headers)).status).toBe(404)
  expect((await ask('GET', '/v1/balance', headers)).status).toBe(401)
})
