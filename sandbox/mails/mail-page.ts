import { html, markupOf } from '@/sandbox/hosted/html'
import { chooseLanguage } from '@/sandbox/languages/language'
import type { Mail } from '@/sandbox/mail'

/** Mail programs know tables and inline styles, and little else. */
const style = {
  page: 'margin:0;padding:32px 12px;background:#f4f5f4;color:#16211e;font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif',
  sheet:
    'width:100%;max-width:560px;margin:0 auto;background:#fff;border:1px solid #e1e4e2;border-radius:12px;border-spacing:0',
  cell: 'padding:32px',
  seller: 'margin:0 0 20px;font-weight:600',
  logo: 'display:inline-block;width:32px;height:32px;margin-right:10px;border-radius:8px;background:#0c5c52;color:#fff;font-weight:600;line-height:32px;text-align:center',
  lead: 'margin:0 0 20px;font-size:17px;font-weight:400',
  facts: 'width:100%;margin:0 0 24px;border-spacing:0',
  label:
    'padding:6px 12px 6px 0;border-top:1px solid #e1e4e2;color:#5a6763;text-align:left;font-weight:400;vertical-align:top',
  value: 'padding:6px 0;border-top:1px solid #e1e4e2;text-align:right;vertical-align:top',
  strong:
    'padding:6px 0;border-top:1px solid #e1e4e2;text-align:right;vertical-align:top;font-weight:600;font-size:18px',
  button:
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#0c5c52;color:#fff;font-weight:600;text-decoration:none',
  sandbox:
    'margin:12px 0 0;padding:6px 10px;border-radius:6px;background:#ffe7a6;color:#4a3500;font-size:12px',
  questions: 'margin:28px 0 0;padding-top:16px;border-top:1px solid #e1e4e2;color:#5a6763;font-size:13px',
}

/** The mail as a mail program would show it. */
export function mailPage({ language: tag, subject, from, lead, facts, button, questions }: Mail): string {
  const { words } = chooseLanguage([tag])
  const [initial = '·'] = [...from.name.trim()]
  return markupOf(html`<!doctype html>
<html lang="${tag}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><base target="_blank"><title>${subject}</title></head>
<body style="${style.page}">
<main><table role="presentation" style="${style.sheet}"><tr><td style="${style.cell}">
  <p style="${style.seller}"><span aria-hidden="true" style="${style.logo}">${initial.toUpperCase()}</span>${from.name}</p>
  <h1 style="${style.lead}">${lead}</h1>
  <table style="${style.facts}">${facts.map(
    ({ label, value, isStrong }) =>
      html`<tr><th scope="row" style="${style.label}">${label}</th><td style="${isStrong ? style.strong : style.value}">${value}</td></tr>`,
  )}</table>
  <a href="${button.url}" style="${style.button}">${button.label}</a>
  <p style="${style.questions}">${questions}</p>
  <p style="${style.sandbox}"><strong>${words.sandbox}</strong> · ${words.sandboxPage}</p>
</td></tr></table></main>
</body>
</html>
`)
}
