import { runControl } from '@/sandbox/controls/answer-control'
import type { Engine } from '@/sandbox/engine'

/**
 * Runs one of the controls for a form of the window.
 * @param path below `/_sandbox/`
 * @throws what the control refuses
 */
export function turn(
  engine: Engine,
  method: 'POST' | 'DELETE',
  path: string,
  body: object = {},
): Promise<unknown> {
  return runControl(engine, method, `/_sandbox/${path}`, JSON.stringify(body))
}

/**
 * A control's body from the fields of a form: empty ones are left out, and those named are numbers. What is no number
 * stays text, for the control to refuse.
 */
export function bodyOf(posted: URLSearchParams, numbers: readonly string[]): Record<string, unknown> {
  const filled = [...posted].filter(([, value]) => value !== '')
  return Object.fromEntries(
    filled.map(([name, value]) => [
      name,
      numbers.includes(name) && Number.isFinite(Number(value)) ? Number(value) : value,
    ]),
  )
}
