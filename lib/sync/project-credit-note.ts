import 'server-only'
import type Stripe from 'stripe'
import { creditNoteTransitions } from '@/lib/domain/transitions'
import { impatient, stripe } from '@/lib/stripe/client'
import { allNoteLines } from '@/lib/stripe/fetch-parts'
import { parseCreditNote } from '@/lib/stripe/parse-credit-note'
import { defineKind } from './kind'
import { noteTransitions } from './note-transitions'
import { markInvoiceOfNotes } from './stale'

export const creditNotes = defineKind<Stripe.CreditNote>({
  type: 'credit_note',
  table: 'credit_notes',
  owner: 'creditNoteId',
  topics: ['invoices'],
  retrieve: (id) => stripe().creditNotes.retrieve(id, {}, impatient),
  list: (page) => stripe().creditNotes.list(page, impatient),
  parse: async (note) => {
    const { lines, ...row } = parseCreditNote(note, await allNoteLines(stripe(), note))
    return {
      row,
      parts: { credit_note_lines: lines },
      topics: ['invoices', 'overview', row.id, row.invoiceId, row.customerId],
      afterwards: async (connection) => {
        await noteTransitions(connection, { type: 'credit_note', id: row.id }, creditNoteTransitions(row))
        await markInvoiceOfNotes(connection, row.invoiceId)
      },
    }
  },
})
