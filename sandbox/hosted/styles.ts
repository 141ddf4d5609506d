import { html } from '@/sandbox/hosted/html'
import { TOKENS_CSS } from '@/sandbox/hosted/tokens'

/** The hosted pages' only style sheet; the content security policy names it by its hash. */
export const HOSTED_CSS = html`
${TOKENS_CSS}*, *::before, *::after { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 "IBM Plex Sans", ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1, h2, p, dl, dd, ul { margin: 0; }
h1 { font-size: 24px; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 16px; line-height: 1.4; }
small, .note { color: var(--soft); font-size: 13px; font-weight: 400; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }

.ribbon { background: var(--ribbon); color: var(--on-ribbon); padding: 8px 16px; text-align: center; font-size: 13px; }
.ribbon strong { margin-right: 6px; }

main { margin: 0 auto; padding: 40px 24px 64px; }
.message { max-width: 520px; padding-top: 72px; }
.invoice {
  max-width: 1080px; display: grid; gap: 20px; align-items: start;
  grid-template: "summary pay" auto "details pay" 1fr / minmax(0, 1fr) 380px;
}
.summary { grid-area: summary; }
.pay { grid-area: pay; position: sticky; top: 24px; }
.details { grid-area: details; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; padding: 28px; }
.message .card { display: grid; gap: 16px; }
.message form { display: grid; gap: 10px; margin-top: 8px; }

.seller { display: flex; align-items: center; gap: 10px; font-weight: 600; }
.seller span {
  display: grid; place-items: center; width: 32px; height: 32px; border-radius: 8px; flex: none;
  background: var(--accent); color: var(--on-accent); font-size: 15px;
}
.summary h1 { margin-top: 24px; font-size: 40px; line-height: 1.1; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.summary h1 small { font-size: 15px; letter-spacing: 0; }
.when { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 12px; color: var(--soft); }
.badge { padding: 2px 9px; border-radius: 99px; font-size: 13px; font-weight: 600; }
.badge.calm { color: var(--calm); background: var(--calm-bg); }
.badge.warn { color: var(--warn); background: var(--warn-bg); }
.badge.good { color: var(--good); background: var(--good-bg); }
.badge.mute { color: var(--mute); background: var(--mute-bg); }
h1 .mute { color: var(--soft); text-decoration: line-through; }
.document { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 16px; margin-top: 24px; color: var(--soft); }
.document strong { color: var(--ink); font-weight: 600; }
.pay h2 { display: flex; align-items: center; gap: 10px; }
h2.good { color: var(--good); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 18px 24px; margin-bottom: 32px; font-size: 14px; }
dt { color: var(--soft); font-size: 13px; }
dd strong { font-weight: 600; }

table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 12px 0 12px 16px; text-align: right; vertical-align: top; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; text-align: left; }
thead th { padding-top: 0; padding-bottom: 8px; color: var(--soft); font-size: 13px; }
tbody tr { border-top: 1px solid var(--line); }
td:not(:first-child) { white-space: nowrap; }
td small { display: block; }
td small.narrow { display: none; }
tfoot th, tfoot td { padding-top: 4px; padding-bottom: 4px; color: var(--soft); }
tfoot tr:first-child > * { padding-top: 16px; border-top: 1px solid var(--line); }
tfoot .strong > * { padding-top: 10px; color: var(--ink); font-weight: 600; font-size: 16px; }
.downloads { display: flex; flex-wrap: wrap; gap: 10px; }
.linked { margin: 0; padding: 0; list-style: none; }
.linked li { display: grid; grid-template-columns: 1fr auto 72px; gap: 16px; padding: 10px 0; border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; }
.linked li > :nth-child(2), .linked li > :nth-child(3) { text-align: right; }
.linked small { display: block; }
.reverse { margin-top: 16px; font-weight: 600; }
.message .sum { font-size: 30px; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.facts { display: block; margin: 0; }
.facts div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px; padding: 8px 0; border-top: 1px solid var(--line); }
.prose { white-space: pre-line; }
.details h2 { margin: 28px 0 6px; }
.details .note { margin-top: 20px; padding-top: 16px; border-top: 1px solid var(--line); }

.pay { display: grid; gap: 16px; }
.pay form { display: grid; gap: 14px; }
.field { display: grid; gap: 5px; align-content: start; }
label { font-size: 13px; font-weight: 600; }
.wrong { color: var(--bad); font-size: 13px; font-weight: 500; line-height: 1.35; }
.methods { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 4px; padding: 4px; border-radius: 10px; background: var(--ground); }
.methods label {
  position: relative; display: grid; place-items: center; min-height: 40px; padding: 6px 8px; border-radius: 7px; border: 1px solid transparent;
  color: var(--soft); text-align: center; cursor: pointer;
}
.methods label:has(:checked) { background: var(--sheet); border-color: var(--line); color: var(--ink); }
.methods label:has(:focus-visible) { outline: 3px solid var(--ring); outline-offset: 1px; }
.methods input { position: absolute; inset: 0; height: 100%; opacity: 0; cursor: pointer; }
@supports selector(:has(*)) {
  .method { display: none; }
  .pay:has(#by-card:checked) .by-card,
  .pay:has(#by-us_bank_account:checked) .by-us_bank_account,
  .pay:has(#by-sepa_debit:checked) .by-sepa_debit { display: grid; gap: 16px; }
}
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
input {
  width: 100%; min-width: 0; height: 44px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 8px;
  background: var(--field); color: var(--ink); font: inherit; font-size: 16px; font-weight: 400;
}
input::placeholder { color: var(--edge); }
input:focus-visible { outline-offset: 0; border-color: var(--accent); }
input[aria-invalid] { border-color: var(--bad); }
.error { padding: 10px 12px; border-radius: 8px; background: var(--bad-bg); color: var(--bad); font-weight: 600; font-size: 14px; }
.button {
  display: inline-block; min-height: 44px; padding: 10px 18px; border: 1px solid var(--accent); border-radius: 8px;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-align: center;
  text-decoration: none; cursor: pointer;
}
.button:hover { filter: brightness(1.08); }
.button.quiet { background: transparent; color: var(--accent); border-color: var(--edge); }
details { color: var(--soft); font-size: 13px; }
summary { cursor: pointer; }
details ul { margin: 8px 0; padding: 0; list-style: none; display: grid; gap: 4px; }
details li { display: grid; grid-template-columns: max-content 1fr; gap: 0 10px; align-items: baseline; }
code { color: var(--ink); font: 13px ui-monospace, "IBM Plex Mono", Menlo, Consolas, monospace; }

@media (max-width: 860px) {
  main { padding: 20px 16px 48px; }
  .invoice { grid-template: "summary" auto "pay" auto "details" auto / minmax(0, 1fr); gap: 14px; max-width: 600px; }
  .pay { position: static; }
  .card { padding: 20px; }
  .summary h1 { font-size: 34px; }
  .wide { display: none; }
  td small.narrow { display: block; }
}
`
