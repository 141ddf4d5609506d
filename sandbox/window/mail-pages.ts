import { NothingThere } from '@/sandbox/controls/control'
import { html } from '@/sandbox/hosted/html'
import { serializeMail } from '@/sandbox/mail'
import { placeOf } from '@/sandbox/window/kinds'
import { type Page, page } from '@/sandbox/window/page'
import { card, facts, link, moment, paged, table } from '@/sandbox/window/parts'

export const mailPages: Page[] = [
  page('window/mail', ({ store }, { query }) => {
    const { rows, more } = paged(query, (after) => store.table('mails').downFrom(after))
    const cells = rows.map(({ id, subject, to, attachments, created }) => [
      link(`/_sandbox/window/mail/${id}`, subject),
      to,
      attachments.map(({ filename }) => filename).join(', '),
      moment(created),
    ])
    const columns = ['Subject', 'To', { wide: 'Attached' }, { wide: 'Sent' }]
    return {
      title: 'Mail',
      section: 'mail',
      body: html`<section class="card">${table(columns, cells, 'Stripe would have sent none yet.')}${more}</section>`,
    }
  }),
  page('window/mail/:id', (engine, { id }) => {
    const mail = engine.store.get('mails', id)
    if (!mail) throw new NothingThere(`There is no mail ${id}.`)
    const { url, subject, to, from, created, language, invoice, attachments } = serializeMail(mail)
    const place = placeOf(engine, 'invoice', invoice)
    const told = facts({
      From: `${from.name} <${from.address}>`,
      To: to,
      Sent: moment(created),
      Language: language,
      Invoice: html`<span class="id">${place === undefined ? invoice : link(place, invoice)}</span>`,
      Attached: html`${attachments.map((each) => html`<div>${link(each.url, each.filename)}</div>`)}`,
    })
    return {
      title: subject,
      section: 'mail',
      body: html`${card('Envelope', told)}
<iframe src="${url}" title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`,
    }
  }),
]
