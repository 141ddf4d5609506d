import { html } from '@/sandbox/hosted/html'
import { TOKENS_CSS } from '@/sandbox/hosted/tokens'

/** The window's only style sheet: the hosted pages' colors in the density of a tool. */
export const WINDOW_CSS = html`
${TOKENS_CSS}
*, *::before, *::after { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 14px/1.45 "IBM Plex Sans", ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1, h2, p, dl, dd { margin: 0; }
h1 { font-size: 22px; line-height: 1.25; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 14px; }
a { color: var(--accent); text-underline-offset: 2px; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 3px solid var(--ring); outline-offset: 1px; border-radius: 4px; }

header {
  display: flex; align-items: center; gap: 6px 24px; padding: 0 24px; min-height: 52px;
  background: var(--sheet); border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: 8px; color: var(--ink); font-weight: 600; text-decoration: none; }
.brand::before { content: ""; width: 14px; height: 14px; border-radius: 4px; background: var(--accent); }
header nav { display: flex; gap: 2px; overflow-x: auto; scrollbar-width: none; }
header nav a { padding: 6px 10px; border-radius: 6px; color: var(--soft); text-decoration: none; white-space: nowrap; }
header nav a:hover { color: var(--ink); background: var(--mute-bg); }
header nav a[aria-current] { color: var(--accent); background: var(--mute-bg); font-weight: 600; }
.now { margin-left: auto; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; white-space: nowrap; }

main { max-width: 1240px; margin: 0 auto; padding: 28px 24px 72px; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
.refusal { padding: 10px 14px; border-radius: 8px; background: var(--bad-bg); color: var(--bad); font-weight: 600; white-space: pre-line; }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); align-content: start; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; align-items: start; }
.beside { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 16px; align-items: start; }
.stack { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
.soft, .empty { color: var(--soft); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }

.scroll { overflow-x: auto; margin: 0 -18px -6px; padding: 0 18px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 16px 7px 0; text-align: left; vertical-align: baseline; }
th:last-child, td:last-child { padding-right: 0; }
th { color: var(--soft); font-size: 12px; font-weight: 500; white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
td { max-width: 420px; overflow-wrap: anywhere; }
td time, td .id, td .badge, td .amount { white-space: nowrap; }
td form { display: inline; }
td:last-child:has(form) { text-align: right; }
td .row { justify-content: flex-end; }
.pages { display: flex; gap: 16px; }
.pages:empty { display: none; }

dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 225px), 1fr)); gap: 12px 20px; }
dt { color: var(--soft); font-size: 12px; }
dd { overflow-wrap: anywhere; }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 2px 24px; margin: 0; padding: 0; list-style: none; }
.counts a { display: flex; justify-content: space-between; gap: 8px; padding: 5px 0; color: var(--ink); text-decoration: none; border-bottom: 1px solid var(--line); }
.counts a:hover { color: var(--accent); }
.counts b { font-weight: 600; font-variant-numeric: tabular-nums; }
.counts .none { color: var(--soft); }
.counts .none b { font-weight: 400; }

.badge { display: inline-block; padding: 1px 8px; border-radius: 99px; font-size: 12px; font-weight: 600; }
.badge.calm { color: var(--calm); background: var(--calm-bg); }
.badge.warn { color: var(--warn); background: var(--warn-bg); }
.badge.good { color: var(--good); background: var(--good-bg); }
.badge.mute { color: var(--mute); background: var(--mute-bg); }
.badge.bad { color: var(--bad); background: var(--bad-bg); }

code, pre, .id { font: 12.5px/1.55 ui-monospace, "IBM Plex Mono", Menlo, Consolas, monospace; }
pre { margin: 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
pre .key { color: var(--soft); }
pre .word { color: var(--calm); }
details summary { cursor: pointer; color: var(--accent); }
details[open] summary { margin-bottom: 8px; }
iframe { width: 100%; height: 720px; border: 1px solid var(--line); border-radius: 8px; background: #fff; }

form.fields { display: flex; flex-wrap: wrap; align-items: end; gap: 10px 12px; }
label { display: grid; gap: 3px; color: var(--soft); font-size: 12px; }
label.long { flex: 1 1 220px; }
.settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr)); gap: 12px 20px; align-items: end; }
.settings input:not([type="checkbox"]) { width: 100%; }
label.switch { display: flex; align-items: center; gap: 8px; min-height: 32px; color: var(--ink); font-size: 14px; }
label.switch input { width: 16px; height: 16px; padding: 0; accent-color: var(--accent); }
input, select {
  width: 100%; min-width: 0; height: 32px; padding: 0 9px; border: 1px solid var(--edge); border-radius: 6px;
  background: var(--field); color: var(--ink); font: inherit; font-size: 14px;
}
input[type="number"] { width: 92px; }
button {
  height: 32px; padding: 0 14px; border: 1px solid var(--accent); border-radius: 6px; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; white-space: nowrap;
}
button:hover { filter: brightness(1.08); }
button.quiet { background: transparent; color: var(--accent); border-color: var(--edge); }
button.grave { background: transparent; color: var(--bad); border-color: currentColor; }
td button { height: 26px; padding: 0 10px; font-size: 13px; }

@media (max-width: 860px) {
  header { flex-wrap: wrap; padding: 10px 16px; }
  header nav { order: 3; width: 100%; margin: 0 -10px; }
  main { padding: 20px 16px 56px; }
  .columns, .beside { grid-template-columns: minmax(0, 1fr); }
  .wide { display: none; }
  th, td { padding-right: 12px; }
  td { overflow-wrap: break-word; }
  td code, td pre { overflow-wrap: anywhere; }
  td .amount { white-space: normal; }
  td .id { display: block; max-width: 84px; overflow: hidden; text-overflow: ellipsis; }
  input, select { height: 40px; font-size: 16px; }
  button { height: 40px; }
}
`
