import 'server-only'
import { pool } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { WebhookDiagnosis } from '@/lib/domain/webhook-view'
import { env } from '@/lib/env'
import { readApiVersion } from '@/lib/stripe/read-webhook-endpoints'
import { readBacklog } from './backlog'
import { webhookUrls } from './check-endpoint'
import { writeTally } from './delivery-tally'
import type { DeliveryOutcome } from './metrics'

const verified: DeliveryOutcome[] = ['stored', 'ignored', 'quarantined', 'duplicate']
/** Without any signature it was somebody who merely knocked. */
const refused: DeliveryOutcome[] = ['bad_signature', 'bad_timestamp']

/** Whether webhooks work, and if not, what is wrong with them. Reads only what the database knows; asks Stripe nothing. */
export async function webhookDoctor(_ctx: Ctx): Promise<WebhookDiagnosis> {
  await writeTally()
  const [deliveries, check, backlog] = await Promise.all([readDeliveries(), readCheck(), readBacklog()])
  return {
    signature: deliveries.signature,
    endpoint: check.endpoint,
    account: check.account,
    lastDeliveryAgeSeconds: deliveries.ageSeconds,
    backlog: { waiting: backlog.dirty, oldestSeconds: backlog.oldestSeconds, dead: backlog.dead },
    clockSkewSeconds: check.skewMs === null ? null : check.skewMs / 1000,
  }
}

async function readDeliveries(): Promise<{
  signature: WebhookDiagnosis['signature']
  ageSeconds: number | null
}> {
  const { rows } = await pool().query<{
    verified_at: Date | null
    age: number | null
    refused_at: Date | null
    because: 'bad_signature' | 'bad_timestamp' | null
  }>(
    `select max(last_at) filter (where outcome = any($1)) as verified_at,
       extract(epoch from now() - max(last_at) filter (where outcome = any($1)))::float8 as age,
       max(last_at) filter (where outcome = any($2)) as refused_at,
       (array_agg(outcome order by last_at desc) filter (where outcome = any($2)))[1] as because
     from webhook_tallies`,
    [verified, refused],
  )
  const [row] = rows
  const verifiedAt = row?.verified_at ?? null
  const refusedAt = row?.refused_at ?? null
  const isRefused = refusedAt !== null && (verifiedAt === null || refusedAt > verifiedAt)
  return {
    signature: {
      state: isRefused ? 'refused' : verifiedAt === null ? 'unknown' : 'ok',
      lastVerifiedAt: verifiedAt?.toISOString() ?? null,
      lastRefusedAt: refusedAt?.toISOString() ?? null,
      lastRefusedBecause: row?.because ?? null,
    },
    ageSeconds: row?.age ?? null,
  }
}

async function readCheck(): Promise<
  Pick<WebhookDiagnosis, 'endpoint' | 'account'> & { skewMs: number | null }
> {
  const { rows } = await pool().query(
    `select status.account_id, checked.* from (select 1) as one
     left join sync_status as status on status.id = 1 left join webhook_checks as checked on checked.id = 1`,
  )
  const [row] = rows
  const checkedAt: Date | null = row.checked_at
  return {
    endpoint: {
      state: row.state ?? 'unknown',
      checkedAt: checkedAt?.toISOString() ?? null,
      url: row.url ?? webhookUrls()[0] ?? '',
      apiVersion: row.api_version,
      readApiVersion,
      missingEventTypes: row.missing_events ?? [],
    },
    account: { id: row.account_id, livemode: env().stripe.livemode },
    skewMs: row.clock_skew_ms,
  }
}
