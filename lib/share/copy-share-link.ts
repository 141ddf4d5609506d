import 'server-only'
import type { PoolClient } from 'pg'
import { inTransaction } from '@/lib/db/in-transaction'
import type { Ctx } from '@/lib/domain/context'
import type { ShareLinkInput } from '@/lib/domain/invoice-input'
import { AppFailure, type Result, succeed } from '@/lib/domain/result'
import { env } from '@/lib/env'
import { runOperation } from '@/lib/operations/run-operation'
import { hashOf, newSeed, tokenOf } from './share-token'

/**
 * The customer's link of an invoice: the same one every time, until it is revoked. After the server's secret has changed
 * the link cannot be made again: the next copy is a new one and revokes the old one. Nothing that is stored, the
 * operation's answer included, contains a link.
 */
export async function copyShareLink(ctx: Ctx, input: ShareLinkInput): Promise<Result<{ url: string }>> {
  const { operationId, invoiceId } = input
  const object = { type: 'invoice', id: invoiceId }
  const linked = await runOperation(ctx, { id: operationId, name: 'share_link.copy', input, object }, () =>
    inTransaction((connection) => currentLink(connection, ctx, invoiceId)),
  )
  if (!linked.ok) return linked
  return succeed({ url: `${env().appUrl}/i/${tokenOf(linked.value.seed)}` })
}

type Link = { seed: string; isNew: boolean }

async function currentLink(connection: PoolClient, ctx: Ctx, invoiceId: string): Promise<Link> {
  // The lock makes two people who copy at once get one link.
  const invoice = await connection.query(
    'select 1 from invoices where id = $1 and deleted_at is null for no key update',
    [invoiceId],
  )
  if (invoice.rowCount === 0) throw new AppFailure({ code: 'not_found' })
  const { rows } = await connection.query<{ seed: string; tokenHash: string }>(
    `select seed, token_hash as "tokenHash" from share_links
     where invoice_id = $1 and revoked_at is null
     order by created_at desc`,
    [invoiceId],
  )
  const working = rows.find(({ seed, tokenHash }) => hashOf(tokenOf(seed)) === tokenHash)
  if (working) return { seed: working.seed, isNew: false }
  await connection.query(
    'update share_links set revoked_at = now() where invoice_id = $1 and revoked_at is null',
    [invoiceId],
  )
  const seed = newSeed()
  await connection.query(
    `insert into share_links (id, invoice_id, seed, token_hash, created_by, created_at)
     values (gen_random_uuid(), $1, $2, $3, $4, now())`,
    [invoiceId, seed, hashOf(tokenOf(seed)), ctx.actor.id],
  )
  return { seed, isNew: true }
}
