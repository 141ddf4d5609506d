import type { OperationError } from './use-operation'

type Code = OperationError['code']

/** The server has begun, may have begun, or is still at it: only the same id again tells what became of it. */
const leavesOpen: ReadonlySet<Code> = new Set<Code>(['outcome_unknown', 'operation_running', 'stripe_busy'])

/** Whether it is still to be found out what became of it. */
export const isOpen = (code: Code) => leavesOpen.has(code)

/** Answers about the operation itself. The others (signed out, database away, …) speak only of this one attempt. */
const concludes: ReadonlySet<Code> = new Set<Code>([
  'operation_mismatch',
  'move_refused',
  'not_done_in_time',
  'not_found',
  'stripe_refused',
  'stripe_declined',
])

/**
 * Whether a refusal ends the intent, so that the next attempt is a new one under a new id. Once an outcome is unknown
 * (`wasOpen`), only an answer about the operation itself ends it: with a new id it could happen twice.
 */
export function isIntentSettled(code: Code, wasOpen: boolean): boolean {
  return wasOpen ? concludes.has(code) : !isOpen(code)
}
