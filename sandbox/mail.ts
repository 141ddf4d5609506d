import type { Ctx } from '@/sandbox/context'
import type { MailKind } from '@/sandbox/languages/words'
import { appendNumbered } from '@/sandbox/store/append-numbered'

/**
 * A mail that Stripe would send; the sandbox shows it under `/_sandbox/mail` and sends nothing. Kept as what it says:
 * text, page and attachments are made of it when somebody looks.
 */
export type Mail = {
  id: string
  seq: number
  kind: MailKind
  created: number
  from: { name: string; address: string }
  to: string
  subject: string
  /** BCP 47. */
  language: string
  /** The sentence it was written for. */
  lead: string
  facts: MailFact[]
  button: { label: string; url: string }
  /** Whom to ask. */
  questions: string
  attachments: Attachment[]
  /** The invoice that it is about. */
  invoice: string
}

export type MailFact = { label: string; value: string; isStrong?: true }

/** A PDF, by the id of what it shows. */
export type Attachment = { document: 'invoice' | 'receipt' | 'credit_note'; id: string; filename: string }

/** Mails that are kept; older ones are forgotten. */
const most = 10_000

export function postMail(ctx: Ctx, mail: Omit<Mail, 'id' | 'seq' | 'created'>): void {
  appendNumbered(ctx.store, 'mails', most, { created: ctx.now, ...mail })
}

export type ShownMail = ReturnType<typeof serializeMail>

/** How the list of mails tells of one. */
export function serializeMail({ seq: _, lead, facts, button, questions, attachments, ...mail }: Mail) {
  const url = `/_sandbox/mail/${mail.id}`
  return {
    ...mail,
    text: [
      lead,
      facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
      `${button.label}: ${button.url}`,
      questions,
    ].join('\n\n'),
    url,
    attachments: attachments.map(({ filename }, index) => ({
      filename,
      content_type: 'application/pdf',
      url: `${url}/attachments/${index}`,
    })),
  }
}
