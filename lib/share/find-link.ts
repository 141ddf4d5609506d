import 'server-only'
import { db } from '@/lib/db/client'
import { hashOf, isToken } from './share-token'

export type FoundLink = { invoiceId: string; isRevoked: boolean }

/**
 * The link that `token` opens; null for anything that never was one. It is looked up by hash, so that a new server secret
 * breaks no link that a customer already has.
 */
export async function findLink(token: string): Promise<FoundLink | null> {
  if (!isToken(token)) return null
  const link = await db().shareLink.findUnique({
    where: { tokenHash: hashOf(token) },
    select: { invoiceId: true, revokedAt: true },
  })
  return link && { invoiceId: link.invoiceId, isRevoked: link.revokedAt !== null }
}
