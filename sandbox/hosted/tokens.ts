import { html } from '@/sandbox/hosted/html'

/** The colors of everything that the sandbox shows, by day and by night. */
export const TOKENS_CSS = html`
:root {
  --ground: #f4f5f4; --sheet: #fff; --line: #e1e4e2; --ink: #16211e; --soft: #5a6763;
  --accent: #0c5c52; --on-accent: #fff; --field: #fff; --edge: #8b9793; --ring: #0c5c5255;
  --calm: #1d4f7c; --calm-bg: #e5eff7; --warn: #8f4300; --warn-bg: #fcecd9; --good: #17653a; --good-bg: #e0f3e7;
  --mute: #56605d; --mute-bg: #e8ebea; --bad: #a3201c; --bad-bg: #fdeceb; --ribbon: #ffe7a6; --on-ribbon: #4a3500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101514; --sheet: #181f1d; --line: #2c3633; --ink: #e9efec; --soft: #9eaca7;
    --accent: #6fd0bf; --on-accent: #06251f; --field: #101514; --edge: #6c7a75; --ring: #6fd0bf66;
    --calm: #9fcbf0; --calm-bg: #1b3044; --warn: #f5b878; --warn-bg: #412a12; --good: #86d7a5; --good-bg: #173725;
    --mute: #b3beba; --mute-bg: #2a3330; --bad: #ffb0a9; --bad-bg: #45201d; --ribbon: #4a3a10; --on-ribbon: #ffe9b0;
  }
}
`
