import type { z } from 'zod'
import type { Engine } from '@/sandbox/engine'
import type { Reply } from '@/sandbox/http/reply'

/** What was asked of a control: the id in its path and one below it, its query and its body as text. */
type Asked = { id: string; child: string; query: URLSearchParams; body: string }

/**
 * Something under `/_sandbox/` that Stripe does not have. What `run` answers, or promises, is sent as JSON unless it
 * is `Rendered`.
 */
export type Control = {
  method: string
  /** Segments of the path; `:` stands for an id. */
  segments: string[]
  run(engine: Engine, asked: Asked): unknown
}

/** What a control answers that is not JSON. */
export class Rendered {
  constructor(readonly reply: Reply) {}
}

/** A control asked for something that is not there. Answered with 404 and its sentence. */
export class NothingThere extends Error {}

/** What a control cannot do. Answered with 400 and its sentence. */
export class Refusal extends Error {}

/** @param route method and path below `/_sandbox/`, as in `DELETE faults/:id` */
export function control(route: string, run: Control['run']): Control {
  const [method = '', path = ''] = route.split(' ')
  return { method, segments: ['_sandbox', ...path.split('/')], run }
}

/**
 * The body by its schema; an empty one is an empty hash.
 * @throws ZodError or SyntaxError, which are answered with 400
 */
export function readBody<S extends z.ZodType>(schema: S, body: string): z.output<S> {
  return schema.parse(JSON.parse(body === '' ? '{}' : body))
}
