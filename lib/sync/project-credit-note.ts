import 'server-only'
import type Stripe from 'stripe'
import { creditNoteTransitions } from '@/lib/domain/transitions'
import { impatient } from '@/lib/stripe/client'
import { allNoteLines } from '@/lib/stripe/fetch-parts'
import { parseCreditNote } from '@/lib/stripe/parse-credit-note'
import { defineKind } from './kind'
import { noteTransitions } from './note-transitions'
import { reader } from './reader'
import { markInvoiceOfNotes } from './stale'

export const creditNotes = defineKind<Stripe.CreditNote>({
  type: 'credit_note',
  table: 'credit_notes',
  parts: { tables: ['credit_note_lines'], owner: 'creditNoteId' },
  topics: ['invoices'],
  retrieve: (id) => reader().creditNotes.retrieve(id, {}, impatient),
  list: (page) => reader().creditNotes.list(page, impatient),
  parse: async (note) => {
    const { lines, ...row } = parseCreditNote(note, await allNoteLines(reader(), note))
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
