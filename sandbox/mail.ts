import type { Ctx } from '@/sandbox/context'

/** A mail that Stripe would send; the sandbox shows it at `/_sandbox/mail` and sends nothing. */
export type Mail = {
  id: string
  kind: 'invoice' | 'payment_failed' | 'receipt' | 'reminder' | 'credit_note'
  to: string
  subject: string
  text: string
  invoice: string
  created: number
}

export function postMail(ctx: Ctx, mail: Omit<Mail, 'id' | 'created'>): void {
  ctx.store.put('mails', { id: ctx.newId('mail'), created: ctx.now, ...mail })
}
