import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emitUpdate } from '@/sandbox/events'
import { mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { listPage, pageParams, slicePage } from '@/sandbox/http/pagination'
import { text, unbuilt } from '@/sandbox/http/params'
import {
  type CreditNoteInput,
  createCreditNote,
  creditNoteShape,
} from '@/sandbox/resources/credit-note-create'
import {
  type CreditNoteRecord,
  serializeCreditNote,
  serializeNoteLine,
} from '@/sandbox/resources/credit-note-record'
import { voidCreditNote } from '@/sandbox/resources/credit-note-void'

/**
 * What a note would be: it is issued and taken back. The objects that issuing it makes are left out, because nobody
 * could read them.
 */
function previewCreditNote(ctx: Ctx, input: CreditNoteInput): CreditNoteRecord {
  const { value: note } = ctx.store.rehearse(() => createCreditNote(ctx, input, 'preview'))
  return {
    ...note,
    customer_balance_transaction: null,
    refunds: note.refunds.filter(({ refund }) => ctx.store.get('refunds', refund)),
  }
}

export const creditNoteEndpoints = [
  endpoint({
    route: 'POST /v1/credit_notes',
    returns: 'credit_note',
    params: creditNoteShape,
    run: (ctx, input) => serializeCreditNote(ctx, createCreditNote(ctx, input)),
  }),
  endpoint({
    route: 'GET /v1/credit_notes/preview',
    returns: 'credit_note',
    params: creditNoteShape,
    run: (ctx, input) => serializeCreditNote(ctx, previewCreditNote(ctx, input)),
  }),
  endpoint({
    route: 'GET /v1/credit_notes/preview/lines',
    returns: 'list of credit_note_line_item',
    params: { ...creditNoteShape, ...pageParams },
    run(ctx, { limit, starting_after, ending_before, ...input }) {
      const lines = previewCreditNote(ctx, input).lines.map((line) => serializeNoteLine(ctx, line))
      return slicePage(lines, { limit, starting_after, ending_before }, '/v1/credit_notes/preview/lines')
    },
  }),
  endpoint({
    route: 'GET /v1/credit_notes/:id',
    returns: 'credit_note',
    run: (ctx, _, id) => serializeCreditNote(ctx, atPath(ctx, 'creditNotes', id)),
  }),
  endpoint({
    route: 'POST /v1/credit_notes/:id',
    returns: 'credit_note',
    params: { memo: text(5000), metadata },
    run(ctx, { memo, metadata: keys }, id) {
      const note = atPath(ctx, 'creditNotes', id)
      const changed = { ...note, memo: memo ?? note.memo, metadata: mergeMetadata(note.metadata, keys) }
      ctx.store.put('creditNotes', changed)
      const [before, after] = [serializeCreditNote(ctx, note), serializeCreditNote(ctx, changed)]
      emitUpdate(ctx, 'credit_note.updated', before, after)
      return after
    },
  }),
  endpoint({
    route: 'GET /v1/credit_notes',
    returns: 'list of credit_note',
    params: {
      ...pageParams,
      created: range,
      customer: text(255),
      customer_account: unbuilt(),
      invoice: text(255),
    },
    run(ctx, { created, customer, invoice, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      if (invoice !== undefined) byParam(ctx, 'invoices', invoice, 'invoice')
      return listPage(ctx, 'creditNotes', page, {
        url: '/v1/credit_notes',
        among: { customer, invoice },
        keep: (note) => created === undefined || created(note.created),
        show: (note) => serializeCreditNote(ctx, note),
      })
    },
  }),
  endpoint({
    route: 'POST /v1/credit_notes/:id/void',
    returns: 'credit_note',
    run: (ctx, _, id) => serializeCreditNote(ctx, voidCreditNote(ctx, atPath(ctx, 'creditNotes', id))),
  }),
  endpoint({
    route: 'GET /v1/credit_notes/:id/lines',
    returns: 'list of credit_note_line_item',
    params: pageParams,
    run(ctx, page, id) {
      const { lines } = atPath(ctx, 'creditNotes', id)
      const shown = lines.map((line) => serializeNoteLine(ctx, line))
      return slicePage(shown, page, `/v1/credit_notes/${id}/lines`)
    },
  }),
]
