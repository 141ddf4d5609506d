import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { Pool } from 'pg'

/*
 * What ingest costs at least: node:http and pg, the signature checked, the same two rows written durably, nothing else.
 * A program of its own, so that it has a process to itself as the application has.
 */

const { DATABASE_URL, STRIPE_WEBHOOK_SECRET = '' } = process.env
const pool = new Pool({ connectionString: DATABASE_URL, max: 10 })

const server = createServer(async (request, response) => {
  try {
    const body = await readAll(request)
    const status = isSigned(body, String(request.headers['stripe-signature'])) ? await store(body) : 400
    response.writeHead(status).end()
  } catch (error) {
    console.error(error)
    response.writeHead(503).end()
  }
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port })
})

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function isSigned(body: Buffer, header: string): boolean {
  const [, time = '', signature = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? []
  const expected = createHmac('sha256', STRIPE_WEBHOOK_SECRET).update(`${time}.`).update(body).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function store(body: Buffer): Promise<number> {
  const payload = body.toString('utf8')
  const event = JSON.parse(payload)
  await pool.query({
    name: 'store',
    text: `
      with event as (
        insert into stripe_events (id, type, object_type, object_id, created_at, livemode, api_version, state, payload)
        values ($1, $2, $3, $4, to_timestamp($5), false, $6, 'received', $7)
        on conflict (id) do nothing
        returning id
      )
      insert into sync_objects as known (type, id, dirty_seq)
      select $3, $4, 1 from event
      on conflict (type, id) do update set
        dirty_seq = known.dirty_seq + 1,
        dirty_at = case when known.next_attempt_at is null then now() else known.dirty_at end,
        next_attempt_at = coalesce(known.next_attempt_at, now()),
        attempts = case when known.dead_at is null then known.attempts else 0 end,
        dead_at = null`,
    values: [
      event.id,
      event.type,
      event.data.object.object,
      event.data.object.id,
      event.created,
      event.api_version,
      payload,
    ],
  })
  return 200
}
