import type { APIResponse } from '@playwright/test'
import { expect, test } from './support/fixtures'

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'strict-transport-security': 'max-age=31536000',
}

const pages = ['/', '/invoices', '/invoices/new', '/customers', '/catalog', '/sync', '/nowhere', '/i/nobody']
const data = ['/api/overview', '/api/invoices', '/api/customers', '/api/sync', '/api/auth/session']

test('every answer forbids framing, sniffing and leaking, and says nothing about what made it', async ({
  billerPage,
  request: anonymous,
}) => {
  const { request } = billerPage.context()
  for (const path of [...pages, ...data, '/healthz', '/icon.svg']) {
    for (const who of [request, anonymous]) {
      const headers = (await who.get(path, { maxRedirects: 0 })).headers()
      expect(headers, path).toMatchObject(everywhere)
      expect(headers, path).not.toHaveProperty('x-powered-by')
      expect(headers, path).not.toHaveProperty('server')
      expect(headers, path).not.toHaveProperty('access-control-allow-origin')
      expect(headers['referrer-policy'], path).toBe(path.startsWith('/i/') ? 'no-referrer' : 'same-origin')
    }
  }
})

test('no page is kept by a cache, nor is anything that is read', async ({ billerPage }) => {
  const { request } = billerPage.context()
  for (const path of [...pages, ...data]) {
    const { 'cache-control': kept } = (await request.get(path)).headers()
    expect(kept, path).toContain('no-store')
    expect(kept, path).not.toContain('public')
  }
})

test('pages run only their own scripts, by a nonce that no two answers share', async ({ billerPage }) => {
  const { request } = billerPage.context()
  const seen = new Set<string>()
  for (const path of [...pages, ...pages]) {
    const response = await request.get(path)
    const policy = policyOf(response)
    expect(policy.get('default-src'), path).toBe("'self'")
    expect(policy.get('script-src'), path).toMatch(/^'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'$/)
    expect(policy.get('object-src'), path).toBe("'none'")
    expect(policy.get('base-uri'), path).toBe("'none'")
    expect(policy.get('frame-ancestors'), path).toBe("'none'")
    const nonce = /'nonce-([^']+)'/.exec(policy.get('script-src') ?? '')?.[1] ?? ''
    expect(seen.has(nonce), path).toBe(false)
    seen.add(nonce)
    const scripts = [...(await response.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    expect(scripts.length, path).toBeGreaterThan(0)
    for (const tag of scripts) expect(tag, path).toContain(`nonce="${nonce}"`)
  }
})

test('the policy holds in the browser: a script that slipped in does not run', async ({
  billerPage: desk,
  tolerate,
}) => {
  tolerate(/Content Security Policy|status of 404/)
  await desk.goto('/invoices')
  const ran = await desk.evaluate(async () => {
    const script = document.createElement('div')
    script.innerHTML = '<img src="x" onerror="window.wasRun = true">'
    document.body.append(script)
    await new Promise((resolve) => script.firstElementChild?.addEventListener('error', resolve))
    return 'wasRun' in window
  })
  expect(ran).toBe(false)
})

function policyOf(response: APIResponse): Map<string, string> {
  const policy = response.headers()['content-security-policy'] ?? ''
  return new Map(
    policy.split(';').map((rule) => {
      const [name = '', ...values] = rule.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )
}
