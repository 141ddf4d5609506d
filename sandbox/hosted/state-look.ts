import type { InvoiceState, InvoiceView } from '@/sandbox/documents/invoice-view'
import type { Language } from '@/sandbox/languages/language'

type StateLook = {
  badge: string
  tone: 'calm' | 'warn' | 'good' | 'mute'
  /** When it is or was due, paid or voided. */
  when: string
  /** What stands where the form would; null where the invoice can be paid. */
  instead: string | null
}

/** How the page shows the state an invoice is in. */
export function stateLook(view: InvoiceView, language: Language): StateLook {
  return looks[view.state](view, language)
}

const looks: Record<InvoiceState, (view: InvoiceView, language: Language) => StateLook> = {
  open: (view, language) => ({
    badge: language.words.open,
    tone: 'calm',
    when: dueWords(view, language),
    instead: null,
  }),
  past_due: (view, language) => ({
    badge: language.words.pastDue,
    tone: 'warn',
    when: wasDueWords(view, language),
    instead: null,
  }),
  uncollectible: (view, language) => ({
    badge: language.words.unpaid,
    tone: 'warn',
    when: wasDueWords(view, language),
    instead: null,
  }),
  processing: (view, language) => ({
    badge: language.words.processing,
    tone: 'calm',
    when: dueWords(view, language),
    instead: language.words.processingText,
  }),
  paid: ({ paidAt }, { words, date }) => ({
    badge: words.paid,
    tone: 'good',
    when: paidAt === null ? words.paid : words.paidOn(date(paidAt)),
    instead: words.paidText,
  }),
  void: ({ voidedAt, seller }, { words, date }) => ({
    badge: words.void,
    tone: 'mute',
    when: voidedAt === null ? words.void : words.voidedOn(date(voidedAt)),
    instead: words.voidText(seller.name),
  }),
}

/** An invoice that is charged automatically has no day on which it is due. */
function dueWords({ dueAt }: InvoiceView, { words, date }: Language): string {
  return dueAt === null ? words.dueOnReceipt : words.dueOn(date(dueAt))
}

function wasDueWords(view: InvoiceView, language: Language): string {
  return view.dueAt === null ? dueWords(view, language) : language.words.wasDueOn(language.date(view.dueAt))
}
