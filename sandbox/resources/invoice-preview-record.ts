import type { Ctx } from '@/sandbox/context'
import type { Line } from '@/sandbox/resources/invoice-item-record'
import type { Invoice } from '@/sandbox/resources/invoice-record'
import type { PreviewGoods } from '@/sandbox/resources/preview-goods'
import { isExpired, trimLater } from '@/sandbox/trimming'

/** What a preview answered, kept as it was. It is no invoice: nothing can be done with it but to read it again. */
export type PreviewRecord = {
  id: string
  /** On the world's clock. */
  written: number
  invoice: Invoice
  /** All of its lines; the invoice embeds the first of them. */
  lines: Line[]
  /** What was made for it and goes with it; journals from before it was noted lack it. */
  goods?: PreviewGoods[]
}

export function keepPreview(ctx: Ctx, preview: Pick<PreviewRecord, 'invoice' | 'lines' | 'goods'>): void {
  ctx.store.put('previews', { id: preview.invoice.id, written: ctx.worldNow, ...preview })
  trimLater(ctx, 'previews')
}

/** The preview of that id, for 72 hours. */
export function previewAt(ctx: Ctx, id: string): PreviewRecord | undefined {
  const preview = ctx.store.get('previews', id)
  return preview && !isExpired(ctx, 'previews', preview) ? preview : undefined
}
