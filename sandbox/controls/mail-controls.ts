import { nobody } from '@/sandbox/context'
import { type Control, control, NothingThere, Rendered } from '@/sandbox/controls/control'
import type { Engine } from '@/sandbox/engine'
import { attachedPdf } from '@/sandbox/http/attached-pdf'
import { pdfReply } from '@/sandbox/http/hosted-visit'
import { chooseLanguage } from '@/sandbox/languages/language'
import { type Mail, serializeMail } from '@/sandbox/mail'
import { mailPage } from '@/sandbox/mails/mail-page'

function mailOf(engine: Engine, id: string): Mail {
  const mail = engine.store.get('mails', id)
  if (!mail) throw new NothingThere(`There is no mail ${id}.`)
  return mail
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** The mails that Stripe would have sent, each as a page, with its attachments made of what is stored now. */
export const mailControls: Control[] = [
  control('GET mail', (engine) => [...engine.store.table('mails').all()].map(serializeMail)),
  control(
    'GET mail/:id',
    (engine, { id }) => new Rendered({ status: 200, headers, body: mailPage(mailOf(engine, id)) }),
  ),
  control('GET mail/:id/attachments/:number', async (engine, { id, child: number }) => {
    const mail = mailOf(engine, id)
    const attachment = /^\d+$/.test(number) ? mail.attachments[Number(number)] : undefined
    const make = attachment && engine.transact(nobody, (ctx) => attachedPdf(ctx, attachment))
    if (!make) throw new NothingThere(`Mail ${id} has no attachment ${number}.`)
    return new Rendered(
      pdfReply(attachment.filename.replace(/\.pdf$/, ''), await make(chooseLanguage([mail.language]))),
    )
  }),
]
