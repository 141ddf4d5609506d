import type { Queryable } from '@/lib/db/changes'

/** What Stripe said about an object, ready to be written within a transaction. */
export type Sight = {
  gone: boolean
  write(connection: Queryable): Promise<void>
  /** What open browsers should look at again. */
  topics: string[]
}

/** Asks Stripe about one object. It runs under the object's lease and writes nothing itself. */
export type Look = (id: string) => Promise<Sight>
