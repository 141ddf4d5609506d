/** Answers that stay what they are however often one asks: signed out, forbidden, not there. */
const hopeless: readonly number[] = [401, 403, 404]

/** The HTTP status that a failed read carries, if it got as far as an answer. */
export function statusOf(error: Error): number | null {
  return 'status' in error && typeof error.status === 'number' ? error.status : null
}

/** Two more tries for what may pass; none for what cannot. `failures` counts the tries so far, less one. */
export function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && !hopeless.includes(statusOf(error) ?? 0)
}
