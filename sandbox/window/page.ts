import type { Engine } from '@/sandbox/engine'
import type { Html } from '@/sandbox/hosted/html'
import type { Section } from '@/sandbox/window/layout'

/** What a page says, and where in the window it belongs. */
export type Pane = { title: string; section: Section; body: Html }

/** What was asked of a page. `refused` are the fields of a form on it that was refused. */
type Asked = { id: string; child: string; query: URLSearchParams; refused?: URLSearchParams }

export type Page = { method: 'GET'; segments: string[]; show(engine: Engine, asked: Asked): Pane }

/** What a form does. Browsers are sent to `back` after it, so that reloading repeats nothing. */
export type Act = {
  method: 'POST'
  segments: string[]
  back(id: string): string
  run(engine: Engine, posted: URLSearchParams, id: string): unknown
}

/**
 * @param path below `/_sandbox/`, with `:` for ids
 * @param show throws NothingThere or StripeError for what is not there
 */
export function page(path: string, show: Page['show']): Page {
  return { method: 'GET', segments: ['_sandbox', ...path.split('/')], show }
}

/** @param back the page to return to, below `/_sandbox/`; `:id` is the id in the form's own path */
export function act(path: string, back: string, run: Act['run']): Act {
  return {
    method: 'POST',
    segments: ['_sandbox', ...path.split('/')],
    back: (id) => `/_sandbox/${back.replace(':id', id)}`,
    run,
  }
}
