import { runControl } from '@/sandbox/controls/answer-control'
import { html } from '@/sandbox/hosted/html'
import { switchesOf } from '@/sandbox/settings'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { card } from '@/sandbox/window/parts'

export const settingsPages: Page[] = [
  page('window/settings', ({ store }, { refused }) => {
    const text = refused?.get('switches') ?? JSON.stringify(switchesOf(store), null, 2)
    return {
      title: 'Settings',
      section: 'settings',
      body: card(
        'Switches',
        html`<p class="soft">What the account’s owner sets in Stripe’s Dashboard, and what of Stripe’s behavior the sandbox
leaves off until it is wanted. They take effect at once.</p>
<form class="fields" method="post" action="/_sandbox/window/settings">
<label class="whole"><span>As JSON</span><textarea name="switches" rows="${text.split('\n').length + 1}" spellcheck="false">${text}</textarea></label>
<button>Save</button></form>`,
      ),
    }
  }),
]

export const settingsActs: Act[] = [
  act('window/settings', 'window/settings', (engine, posted) =>
    runControl(engine, 'POST', '/_sandbox/settings', posted.get('switches') ?? ''),
  ),
]
