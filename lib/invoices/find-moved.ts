import 'server-only'
import { hasCaused, type Maker } from '@/lib/stripe/find-made'
import type { ParsedInvoice } from '@/lib/stripe/parse-invoice'
import { freshInvoice } from './fresh-invoice'

type Known = { isConfirmed: boolean }
type Found = Promise<ParsedInvoice | null>

/*
 * Whether a move that an earlier attempt sent has happened, read from Stripe. Where a status can only have come about by
 * the move, the status says it, whoever made it; elsewhere Stripe's events say whether this operation did.
 */

/** Whoever finalized it: it cannot be finalized twice. */
export async function findFinalized(id: string): Found {
  const invoice = await freshInvoice(id)
  return invoice?.status === 'draft' ? null : invoice
}

/** A mail leaves no trace on the invoice. */
export const findSent = (maker: Maker, id: string, known: Known) =>
  findCaused(maker, 'invoice.sent', id, known)

/** A payment may have come in another way. */
export const findPaid = (maker: Maker, id: string, known: Known) =>
  findCaused(maker, 'invoice.paid', id, known)

export async function findVoided(id: string): Found {
  const invoice = await freshInvoice(id)
  return invoice?.status === 'void' ? invoice : null
}

/** An uncollectible invoice can be paid or voided later. */
export async function findMarkedUncollectible(maker: Maker, id: string, known: Known): Found {
  const invoice = await freshInvoice(id)
  if (invoice?.status === 'uncollectible') return invoice
  return findCaused(maker, 'invoice.marked_uncollectible', id, known)
}

async function findCaused(maker: Maker, type: string, id: string, { isConfirmed }: Known): Found {
  return isConfirmed || (await hasCaused(maker, type, id)) ? freshInvoice(id) : null
}
