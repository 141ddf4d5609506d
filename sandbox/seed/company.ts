/** How an invoice of the company ends, or where it stands. */
export type Fate = 'draft' | 'open' | 'past_due' | 'paid' | 'void' | 'uncollectible'

export type Company = {
  /** The same number gives the same company. */
  seed: number
  customers: number
  invoices: number
  /** How far back the history begins. */
  months: number
  /** Three letters, lower case; each customer has one of them. */
  currencies: readonly [string, ...string[]]
  /** How many of what, relative to each other. */
  states: Readonly<Record<Fate, number>>
}

/** A request of the API at a moment of the past. Ids that earlier requests made are asked from `made` by name. */
export type Step = {
  /** Unix seconds. */
  at: number
  path: (made: Made) => string
  params: (made: Made) => Params
  /** The name under which the id of the answer is kept. */
  as?: string
}

export type Params = { [key: string]: string | number | boolean | Params | Params[] | undefined }
export type Made = (name: string) => string

/** Two thirds of the customers have a card on file; the others pay by transfer. */
export function hasCard(customer: number): boolean {
  return customer % 3 !== 0
}
