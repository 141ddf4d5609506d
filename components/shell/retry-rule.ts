import { HttpError } from '@/lib/query/fetch-json'

/** Answers that stay what they are however often one asks: signed out, forbidden, not there. */
const hopeless: readonly number[] = [401, 403, 404]

/** Whether a failed read was answered with the end of the session. */
export function isSignedOut(error: Error): boolean {
  return error instanceof HttpError && error.status === 401
}

/** Two more tries for what may pass; none for what cannot. `failures` counts the tries that failed before this one. */
export function isWorthRetrying(failures: number, error: Error): boolean {
  if (error instanceof HttpError && hopeless.includes(error.status)) return false
  return failures < 2
}
