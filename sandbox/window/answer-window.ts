import { refusalOf } from '@/sandbox/controls/answer-control'
import { NothingThere } from '@/sandbox/controls/control'
import type { Engine } from '@/sandbox/engine'
import { html } from '@/sandbox/hosted/html'
import { StripeError } from '@/sandbox/http/errors'
import type { Reply } from '@/sandbox/http/reply'
import { createRouter } from '@/sandbox/http/router'
import { eventActs, eventPages } from '@/sandbox/window/event-pages'
import { faultActs, faultPages } from '@/sandbox/window/fault-pages'
import { WINDOW_HEADERS, windowReply } from '@/sandbox/window/layout'
import { mailPages } from '@/sandbox/window/mail-pages'
import { objectPages } from '@/sandbox/window/object-pages'
import { overviewActs, overviewPages } from '@/sandbox/window/overview-page'
import { requestPages } from '@/sandbox/window/request-pages'
import { settingsActs, settingsPages } from '@/sandbox/window/settings-page'
import { snapshotActs, snapshotPages } from '@/sandbox/window/snapshot-page'
import { webhookActs, webhookPages } from '@/sandbox/window/webhook-pages'

const matchPage = createRouter([
  ...overviewPages,
  ...objectPages,
  ...requestPages,
  ...eventPages,
  ...webhookPages,
  ...mailPages,
  ...faultPages,
  ...settingsPages,
  ...snapshotPages,
])

const matchAct = createRouter([
  ...overviewActs,
  ...eventActs,
  ...webhookActs,
  ...faultActs,
  ...settingsActs,
  ...snapshotActs,
])

/** Whether a path belongs to the window rather than to a control. */
export function isWindow(path: string): boolean {
  return /^\/_sandbox(\/|\/window|\/window\/.*)?$/.test(path)
}

/** Answers the window on the sandbox: pages, and the forms on them. Needs no JavaScript. */
export async function answerWindow(engine: Engine, method: string, url: URL, body: string): Promise<Reply> {
  if (/^\/_sandbox(\/window\/?)?$/.test(url.pathname)) return redirect('/_sandbox/')
  if (method === 'POST') return perform(engine, url.pathname, body)
  return show(engine, method, url)
}

type Refused = { status: number; sentence: string; posted: URLSearchParams }

function show(engine: Engine, method: string, url: URL, refused?: Refused): Reply {
  try {
    const found = matchPage(method, url.pathname)
    if (!found) throw new NothingThere('There is no such page.')
    const [id, child] = found.path
    const pane = found.route.show(engine, { id, child, query: url.searchParams, refused: refused?.posted })
    return windowReply(engine, refused?.status ?? 200, pane, refused?.sentence)
  } catch (error) {
    const { status, sentence } = explained(error)
    const body = html`<p>${sentence}</p><p><a href="/_sandbox/">To the overview</a></p>`
    return windowReply(engine, status, { title: 'Nothing here', section: 'overview', body })
  }
}

async function perform(engine: Engine, path: string, body: string): Promise<Reply> {
  const found = matchAct('POST', path)
  if (!found) return show(engine, 'POST', new URL(path, engine.origin))
  const posted = new URLSearchParams(body)
  const [id] = found.path
  const back = found.route.back(id)
  try {
    await found.route.run(engine, posted, id)
    return redirect(back)
  } catch (error) {
    return show(engine, 'GET', new URL(back, engine.origin), { ...explained(error), posted })
  }
}

/** @throws the error itself when it is a defect */
function explained(error: unknown): { status: number; sentence: string } {
  if (error instanceof StripeError) return { status: error.status, sentence: error.message }
  const refusal = refusalOf(error)
  if (!refusal) throw error
  return refusal
}

function redirect(location: string): Reply {
  return { status: 303, headers: { ...WINDOW_HEADERS, location }, body: '' }
}
