import 'server-only'
import type { InvoiceLineView } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { pool } from './client'

/** Carries a line's place in the form: Stripe promises no order of lines. */
export const linePlaceKey = 'duebook_line'

type Record = Omit<InvoiceLineView, 'amount'> & { amount: string; place: string | null }

/** The lines of an invoice in the order in which they were written; those that Duebook did not write come last. */
export async function readInvoiceLines(invoiceId: string): Promise<InvoiceLineView[]> {
  const { rows } = await pool().query<Record>(
    `select id, description, trim_scale(quantity)::text as quantity, amount,
       trim_scale(unit_amount_decimal)::text as "unitAmountDecimal", price_id as "priceId",
       product_id as "productId", raw->'metadata'->>$2 as place
     from invoice_lines
     where invoice_id = $1
     order by position, id`,
    [invoiceId, linePlaceKey],
  )
  return rows
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .map(({ place: _, amount, ...line }) => ({ ...line, amount: toMinorUnits(BigInt(amount)) }))
}

function placeOf({ place }: Record): number {
  return place !== null && /^\d{1,3}$/.test(place) ? Number(place) : 1_000
}
