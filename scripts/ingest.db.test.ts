import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { sign } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'

useTestDatabase()
useTestSandbox()
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

type Ingest = { url: string; port: number; child: ChildProcess; exit: Promise<unknown[]> }

function spawnIngest(environment: Record<string, string> = {}, ...flags: string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', 'scripts/ingest.ts', ...flags],
    {
      env: { ...process.env, LOG_LEVEL: 'info', NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  children.push(child)
  return child
}

async function startIngest(): Promise<Ingest> {
  const child = spawnIngest({}, '--port', '0')
  const exit = once(child, 'exit')
  const [{ port }] = await Promise.race([once(child, 'message'), exit.then(() => [{ port: null }])])
  if (typeof port !== 'number') throw new Error('it ended before it was ready')
  return { url: `http://127.0.0.1:${port}/api/stripe/webhook`, port, child, exit }
}

let count = 0
function eventBody(padding = ''): { id: string; body: string } {
  count += 1
  const id = `evt_listener${count}`
  const created = Math.floor(Date.now() / 1000)
  const data = { object: { id: `prod_listener${count}`, padding } }
  return {
    id,
    body: JSON.stringify({ id, object: 'event', created, livemode: false, type: 'product.updated', data }),
  }
}

const post = (url: string, body: string, signature: string | null = sign(body)) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...(signature !== null && { 'stripe-signature': signature }),
    },
  })

/** Begins a request by hand and keeps its last bytes back. */
async function beginSlowly(
  port: number,
  body: string,
): Promise<{ socket: Socket; finish(): Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const head = [
    'POST /api/stripe/webhook HTTP/1.1',
    'Host: 127.0.0.1',
    `Stripe-Signature: ${sign(body)}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '\r\n',
  ]
  socket.write(head.join('\r\n') + body.slice(0, 10))
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  return {
    socket,
    finish: async () => {
      socket.write(body.slice(10))
      await once(socket, 'close')
      return answer
    },
  }
}

describe('the listener of its own', { timeout: 60_000 }, () => {
  it('answers as the route does', async () => {
    const { url, port } = await startIngest()
    const { id, body } = eventBody()
    expect((await post(url, body)).status).toBe(200)
    expect(await db().stripeEvent.findUnique({ where: { id } })).toMatchObject({
      state: 'received',
      payload: body,
    })
    const again = await post(url, body)
    expect([again.status, await again.text()]).toEqual([200, 'duplicate\n'])

    expect((await post(url, eventBody().body, null)).status).toBe(400)
    expect((await post(url, eventBody().body, sign(body))).status).toBe(400)
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const response = await fetch(url, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    }
    const large = eventBody('x'.repeat(600_000)).body
    expect((await post(url, large)).status).toBe(413)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
    const metrics = `http://127.0.0.1:${port}/metrics`
    expect(await (await fetch(metrics)).text()).toContain('duebook_webhooks_total{outcome="duplicate"} 1')
    expect((await fetch(metrics, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(404)
  })

  it('says 503 and when to come again while the database takes nothing', async () => {
    const { url } = await startIngest()
    await pool().query(`
      create function is_full() returns trigger language plpgsql as
        $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
      create trigger is_full before insert on stripe_events for each row execute function is_full()`)
    const { body } = eventBody()
    const refused = await post(url, body)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])
    await pool().query('drop function is_full cascade')
    expect((await post(url, body)).status).toBe(200)
  })

  it('on SIGTERM answers what has begun, and takes nothing new', async () => {
    const { url, port, child, exit } = await startIngest()
    expect((await post(url, eventBody().body)).status).toBe(200)
    const { id, body } = eventBody()
    const slow = await beginSlowly(port, body)
    await pool().query('select 1')
    child.kill('SIGTERM')
    await expect
      .poll(() =>
        post(url, eventBody().body).then(
          () => 'taken',
          () => 'refused',
        ),
      )
      .toBe('refused')
    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 200 /)
    expect(await exit).toEqual([0, null])
    expect(await db().stripeEvent.count({ where: { id } })).toBe(1)
    expect(await db().webhookTally.findUnique({ where: { outcome: 'stored' } })).not.toBeNull()
  })

  it.each(['whsec_', '   ', 'whsec_line\nbreak', ''])(
    'does not start with %j as its secret',
    async (secret) => {
      const child = spawnIngest({ STRIPE_WEBHOOK_SECRET: secret }, '--port', '0')
      expect(await once(child, 'exit')).toEqual([1, null])
    },
  )

  it('does not start with a port that is none', async () => {
    expect(await once(spawnIngest({}, '--port', '70000'), 'exit')).toEqual([1, null])
  })
})
