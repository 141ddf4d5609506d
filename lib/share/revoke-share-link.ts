import 'server-only'
import { pool } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { ShareLinkInput } from '@/lib/domain/invoice-input'
import { AppFailure, type Result } from '@/lib/domain/result'
import { runOperation } from '@/lib/operations/run-operation'

/** Ends the customer's link for good; copying afterwards makes another one. */
export function revokeShareLink(ctx: Ctx, input: ShareLinkInput): Promise<Result<{ revoked: number }>> {
  const { operationId, invoiceId } = input
  const object = { type: 'invoice', id: invoiceId }
  return runOperation(ctx, { id: operationId, name: 'share_link.revoke', input, object }, async (run) => {
    const { rowCount } = await pool().query(
      'update share_links set revoked_at = now() where invoice_id = $1 and revoked_at is null',
      [invoiceId],
    )
    // Taken up again after a crash, there may be nothing left to revoke.
    if (rowCount === 0 && !run.isResumed) throw new AppFailure({ code: 'not_found' })
    return { revoked: rowCount ?? 0 }
  })
}
