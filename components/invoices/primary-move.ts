import type { InvoiceMove, InvoiceStatus } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'

/** What a person most likely came for, best first. */
const candidates: Record<InvoiceStatus, readonly InvoiceMove[]> = {
  draft: ['send', 'finalize'],
  open: ['send', 'pay_out_of_band'],
  uncollectible: ['pay_out_of_band'],
  paid: [],
  void: [],
}

/** The one primary action of this state: the first that is possible, else the first, whose button then says why not. */
export function primaryMove({ status, moves }: Pick<InvoiceDetail, 'status' | 'moves'>): InvoiceMove | null {
  const possible = candidates[status].find((move) => moves[move].allowed)
  return possible ?? candidates[status][0] ?? null
}
