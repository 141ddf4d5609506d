import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '@/sandbox/context'
import { base62 } from '@/sandbox/ids'
import { settingsOf } from '@/sandbox/settings'

type Linked = 'receipts' | 'credit_notes'

/** Path of a document that whoever has the link may see. The token follows from the id, so nothing has to be kept. */
export function documentPath(ctx: Ctx, kind: Linked, id: string): string {
  return `/${kind}/${ctx.accountId}/${id}/${tokenOf(ctx, kind, id)}`
}

/** Whether the token of a link is the one of that document. */
export function opens(ctx: Ctx, kind: Linked, id: string, token: string): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(tokenOf(ctx, kind, id))]
  return given.length === right.length && timingSafeEqual(given, right)
}

function tokenOf(ctx: Ctx, kind: Linked, id: string): string {
  return `test_${base62(`${settingsOf(ctx.store).seed}:${kind}:${id}`, 48)}`
}
