import type { Ctx } from '@/sandbox/context'

/** An endpoint answered 2xx. When all have heard of an invoice's creation, its automatic finalization may begin. */
export function noteDelivery(ctx: Ctx, eventId: string, endpointId: string): void {
  ctx.store.drop('undelivered', `${eventId} ${endpointId}`)
  const event = ctx.store.get('events', eventId)
  if (event?.type !== 'invoice.created' || ctx.store.table('undelivered').by('event', eventId).length > 0)
    return
  const invoice = ctx.store.get('invoices', (event.data.object as { id: string }).id)
  if (invoice && invoice.webhooks_delivered_at === null) {
    ctx.store.put('invoices', { ...invoice, webhooks_delivered_at: ctx.now })
  }
}
