import { type Html, html } from '@/sandbox/hosted/html'
import { switchesOf } from '@/sandbox/settings'
import { type Act, act, type Page, page } from '@/sandbox/window/page'
import { card, field, select } from '@/sandbox/window/parts'
import { type SettingField, settingGroups, settingsFrom, textAt } from '@/sandbox/window/setting-fields'
import { turn } from '@/sandbox/window/turn'

export const settingsPages: Page[] = [
  page('window/settings', ({ store }, { refused }) => {
    const settings = switchesOf(store)
    const textOf = (path: string) => (refused ? (refused.get(path) ?? '') : textAt(settings, path))
    const groups = Object.entries(settingGroups).map(([title, fields]) =>
      card(
        title,
        html`<div class="settings">${fields.map((each) => control(each, textOf(each.path)))}</div>`,
      ),
    )
    return {
      title: 'Settings',
      section: 'settings',
      body: html`<p class="soft">What the account’s owner sets in Stripe’s Dashboard, and what of Stripe’s behavior the
sandbox leaves off until it is wanted. They take effect at once.</p>
<form class="stack" method="post" action="/_sandbox/window/settings">${groups}<div><button>Save</button></div></form>`,
    }
  }),
]

function control({ path, label, kind }: SettingField, text: string): Html {
  if (kind === 'switch') {
    return html`<label class="switch"><input type="checkbox" name="${path}" value="on"${text !== '' && html` checked`}><span>${label}</span></label>`
  }
  if (kind === 'text') return field(label, html`<input name="${path}" value="${text}">`)
  if (kind === 'number')
    return field(label, html`<input type="number" name="${path}" value="${text}" placeholder="none">`)
  if (kind === 'numbers') return field(label, html`<input name="${path}" value="${text}" placeholder="none">`)
  const options = kind.map((value) => ({ value, text: value }))
  return field(label, select(path, options, text))
}

export const settingsActs: Act[] = [
  act('window/settings', 'window/settings', (engine, posted) =>
    turn(engine, 'POST', 'settings', settingsFrom(posted)),
  ),
]
