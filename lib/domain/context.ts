import type { Role } from './access'

/** A signed-in person, as the database has them at this request. */
export type Actor = { id: string; name: string; email: string; role: Role }

/** What every use case knows of the request it serves, and nothing of the framework. */
export type Ctx = {
  actor: Actor
  now: Date
  /** Finds this request in the log; shown to people as the reference of an unexpected error. */
  requestId: string
}
