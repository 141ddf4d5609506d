/** Why starting is not possible, as one sentence for the person at the terminal. Anything else thrown is a defect. */
export class StartFailure extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'StartFailure'
  }
}

/** What was thrown, in words. Several attempts to connect, for one, come as an AggregateError without a message. */
export function inWords(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return inWords(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

/** The system's or PostgreSQL's code of what was thrown: `EACCES`, `ECONNREFUSED`, `28P01`. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
