import 'server-only'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { missingEvents } from '@/lib/stripe/needed-events'
import {
  readApiVersion,
  readWebhookEndpoints,
  type WebhookEndpoint,
} from '@/lib/stripe/read-webhook-endpoints'
import { describeTrouble } from './trouble'
import { webhookPath } from './webhook-path'

/** What Stripe says about the endpoint that leads here. */
type Finding = {
  state: 'ok' | 'disabled' | 'missing' | 'hidden'
  endpoint: WebhookEndpoint | null
  missing: string[]
}

const checkEveryMinutes = 10

/**
 * Asks Stripe whether an endpoint leads here, which events it sends and in which version, and keeps the answer for the
 * webhook doctor; a change is logged. Does nothing when that was done within ten minutes, by any process. Never throws:
 * without Stripe there is nothing to say.
 */
export async function checkEndpointIfDue(): Promise<void> {
  try {
    const { rowCount } = await pool().query(
      "select from webhook_checks where id = 1 and checked_at > now() - $1 * interval '1 minute'",
      [checkEveryMinutes],
    )
    if (rowCount === 0) await checkEndpoint()
  } catch (error) {
    log.warn({ reason: describeTrouble(error).reason }, 'could not check the webhook endpoint')
  }
}

/** The check itself. Throws what Stripe or the database threw. */
export async function checkEndpoint(): Promise<void> {
  const asked = await databaseTime()
  const { endpoints, stripeTime } = await readWebhookEndpoints()
  const answered = await databaseTime()
  const finding = judge(endpoints)
  const skew = stripeTime && skewBetween(stripeTime, asked, answered)
  const { rows } = await pool().query(
    `with known as (select * from webhook_checks where id = 1)
     insert into webhook_checks as checked (id, checked_at, state, endpoint_id, url, api_version, missing_events, clock_skew_ms)
     values (1, now(), $1, $2, $3, $4, $5, $6)
     on conflict (id) do update set
       checked_at = now(), state = excluded.state, endpoint_id = excluded.endpoint_id, url = excluded.url,
       api_version = excluded.api_version, missing_events = excluded.missing_events,
       clock_skew_ms = excluded.clock_skew_ms
     returning not exists (
       select from known where (state, endpoint_id, url, api_version, missing_events)
         is not distinct from (checked.state, checked.endpoint_id, checked.url, checked.api_version, checked.missing_events)
     ) as has_changed`,
    [
      finding.state,
      finding.endpoint?.id ?? null,
      finding.endpoint?.url ?? null,
      finding.endpoint?.apiVersion ?? null,
      finding.missing,
      skew,
    ],
  )
  if (!rows[0].has_changed) return
  report(finding)
  await announce(['sync'])
}

/** Addresses that lead here: the public one, and this machine's own, where the sandbox delivers. */
export function webhookUrls(): string[] {
  const { origins, port } = env()
  const own = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${port}`)
  return [...new Set([...origins, ...own])].map((origin) => origin + webhookPath)
}

function judge(endpoints: WebhookEndpoint[] | null): Finding {
  if (endpoints === null) return { state: 'hidden', endpoint: null, missing: [] }
  const urls = webhookUrls()
  const ours = endpoints.filter(({ url }) => urls.includes(url))
  const enabled = ours.filter(({ isEnabled }) => isEnabled)
  const [endpoint = ours[0] ?? null] = enabled
  if (endpoint === null) return { state: 'missing', endpoint, missing: missingEvents([]) }
  // Two endpoints may share the work.
  const missing = missingEvents(enabled.flatMap(({ enabledEvents }) => enabledEvents))
  return { state: enabled.length > 0 ? 'ok' : 'disabled', endpoint, missing }
}

async function databaseTime(): Promise<number> {
  const { rows } = await pool().query('select extract(epoch from clock_timestamp())::float8 * 1000 as now')
  return rows[0].now
}

/** Ahead of the database, in ms. Stripe tells whole seconds and answered some time between: half a second either way is nothing. */
function skewBetween(stripeTime: Date, asked: number, answered: number): number {
  const earliest = stripeTime.getTime()
  const latest = earliest + 999
  if (earliest > answered) return Math.round(earliest - answered)
  return latest < asked ? Math.round(latest - asked) : 0
}

function report({ state, endpoint, missing }: Finding): void {
  const facts = { url: endpoint?.url, version: endpoint?.apiVersion, readVersion: readApiVersion }
  if (state === 'ok' && missing.length === 0) log.info(facts, 'Stripe sends its events here')
  else if (state === 'ok')
    log.warn({ ...facts, missing }, 'the webhook endpoint does not send everything needed')
  else if (state === 'hidden') log.warn('the key may not read webhook endpoints, so they are not checked')
  else log.warn({ ...facts, wanted: webhookUrls()[0] }, `the webhook endpoint is ${state}; polling instead`)
}
